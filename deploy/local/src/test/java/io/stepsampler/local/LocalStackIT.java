package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged programs as a user does: real Kafka, real Postgres, the three services. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LocalStackIT {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void aReplayIsSearchedByTheWholeStackAndLeavesNothingRunning(@TempDir Path folder) throws Exception {
        writeCurve(folder.resolve("curve.csv"));
        Path searchFile = Files.writeString(
                folder.resolve("search.yaml"), "name: replay\nmodel: {family: replay, checkpoint: curve.csv}\n");
        Path json = folder.resolve("finding.json");
        Process search = stepsampler(folder, "search", searchFile.toString(), "--json", json.toString());
        assertThat(search.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();

        JsonNode finding = MessageJson.mapper().readTree(json.toFile());
        assertThat(finding.path("state").asText()).isEqualTo("FOUND");
        assertThat(Files.readString(folder.resolve("output")).strip().lines().reduce("", (earlier, line) -> line))
                .startsWith("recommended learning rate: ");
        assertThat(folder.resolve(".stepsampler/connection.json")).doesNotExist();
        assertThat(processesOf(folder)).isEmpty();
    }

    private static void writeCurve(Path file) throws IOException {
        StringBuilder curve = new StringBuilder("learning_rate,loss\n0,1.0\n");
        for (int step = -160; step <= 40; step++) {
            double exponent = step / 20.0;
            double fromMinimum = exponent + 2;
            double loss = 1 - 0.8 * Math.exp(-fromMinimum * fromMinimum) + Math.max(0, exponent);
            curve.append(Math.pow(10, exponent)).append(',').append(loss).append('\n');
        }
        Files.writeString(file, curve);
    }

    private static Process stepsampler(Path folder, String... arguments) throws IOException {
        Path launcher = HOME.resolve("deploy/local/target/stepsampler");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstepsampler.home=" + HOME,
                "-cp",
                launcher + ".jar:" + launcher.resolve("lib") + "/*",
                Stepsampler.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", folder.toString());
        return builder.redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** Every child names the data folder or the logs in its arguments, or is below one that does. */
    private static List<ProcessHandle> processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }
}
