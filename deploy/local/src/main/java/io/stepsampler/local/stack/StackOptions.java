package io.stepsampler.local.stack;

import java.nio.file.Path;

/**
 * What the user chooses of a stack.
 *
 * @param folder holds data, logs and {@code connection.json}
 * @param port of the coordinator; 0 picks a free one
 * @param workers number of trial workers
 * @param threads threads of each trial
 */
public record StackOptions(Path folder, int port, int workers, int threads) {

    public StackOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("--workers is " + workers + "; it must be at least 1");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is " + threads + "; it must be at least 1");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port is " + port + "; it must be between 0 and 65535");
        }
        folder = folder.toAbsolutePath().normalize();
    }

    public static Path defaultFolder() {
        String home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".stepsampler");
    }

    /** As many threads for each trial as the machine has cores for its worker. */
    public static int threadsFor(int workers) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, workers));
    }

    Path logs() {
        return folder.resolve("logs");
    }
}
