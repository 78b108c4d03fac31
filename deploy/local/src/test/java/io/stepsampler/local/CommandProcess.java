package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own: it has another environment and home than this one, and can be stopped. */
record CommandProcess(Process process, Path output) {

    /** {@code home}: the user's home folder; all that is printed goes to a file in it. */
    static CommandProcess start(Path home, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stepsampler.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("STEPSAMPLER_SERVER", ServerChoice.KEY_VARIABLE));
        environment.put("HOME", home.toString());
        environment.putAll(variables);
        Path output = Files.createTempFile(home, "output", ".txt");
        return new CommandProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** As a user types it. */
    CommandProcess type(String text) throws IOException {
        try (var input = process.outputWriter()) {
            input.write(text);
        }
        return this;
    }

    /** As a user stops it who has it in front. */
    CommandProcess stop() {
        process.destroy();
        return this;
    }

    int awaitEnd() throws IOException, InterruptedException {
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(printed()).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    String printed() throws IOException {
        return Files.readString(output);
    }
}
