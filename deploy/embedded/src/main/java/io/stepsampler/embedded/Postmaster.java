package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The first process of a Postgres server. It may outlive the process that hosts it. */
record Postmaster(ProcessHandle process) {

    private static final long FAST_SHUTDOWN_SECONDS = 10;

    /** The server of that data folder, if one runs: a process number alone may have been given to another. */
    static Optional<Postmaster> of(Path dataFolder) throws IOException {
        Path pidFile = dataFolder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(dataFolder)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> serves(process, dataFolder))
                .map(Postmaster::new);
    }

    /** SIGINT is Postgres' fast shutdown: it does not wait for its clients, who are gone. */
    void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        for (int waited = 0; process.isAlive() && waited < FAST_SHUTDOWN_SECONDS * 20; waited++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly();
    }

    private static boolean serves(ProcessHandle process, Path dataFolder) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(dataFolder.toString());
    }
}
