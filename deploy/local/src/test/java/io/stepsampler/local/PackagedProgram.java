package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The packaged command line as a process of its own. */
final class PackagedProgram {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    private final Path home;
    private final Path output;
    private final Process process;
    private final BufferedReader errors;
    private final List<String> errorLines = new ArrayList<>();
    private final List<ProcessHandle> children = new ArrayList<>();

    private PackagedProgram(Path home, Path output, Process process) {
        this.home = home;
        this.output = output;
        this.process = process;
        this.errors = process.errorReader();
    }

    /** {@code home}: the user's home folder; standard output goes to a file in it. */
    static PackagedProgram start(Path home, String... arguments) throws IOException {
        return start(home, Map.of(), arguments);
    }

    static PackagedProgram start(Path home, Map<String, String> variables, String... arguments) throws IOException {
        Files.createDirectories(home);
        Path launcher = PROJECT.resolve("deploy/local/target/stepsampler");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstepsampler.home=" + PROJECT,
                "-cp",
                launcher + ".jar:" + launcher.resolve("lib") + "/*",
                Stepsampler.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(variables);
        Path output = Files.createTempFile(home, "output", ".txt");
        builder.redirectOutput(output.toFile());
        return new PackagedProgram(home, output, builder.start());
    }

    /** Waits for a line on standard error, and remembers which children there are by then. */
    String awaitLine(String beginning) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            errorLines.add(line);
            if (line.startsWith(beginning)) {
                process.descendants().forEach(children::add);
                return line;
            }
        }
        throw new AssertionError("no line begins with " + beginning + ": " + errorLines);
    }

    List<ProcessHandle> children() {
        return children;
    }

    int awaitEnd() throws IOException, InterruptedException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            errorLines.add(line);
        }
        return process.waitFor();
    }

    /** As a user stops it who has its process in front. */
    int stop() throws IOException, InterruptedException {
        // Process.destroy would close the streams that are still read
        process.toHandle().destroy();
        return awaitEnd();
    }

    List<String> errorLines() {
        return errorLines;
    }

    String lastOutputLine() throws IOException {
        return Files.readString(output).strip().lines().reduce("", (earlier, line) -> line);
    }

    void assertThatNothingIsLeft() throws InterruptedException, ExecutionException {
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(5, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("still runs: " + child.pid() + " " + commandLine(child), e);
            }
        }
        // Postgres is started through a process that ends, so it is nobody's child; but it names its folder
        assertThat(ProcessHandle.allProcesses()
                        .filter(other -> commandLine(other).contains(home.toString()))
                        .map(PackagedProgram::commandLine))
                .isEmpty();
    }

    static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
