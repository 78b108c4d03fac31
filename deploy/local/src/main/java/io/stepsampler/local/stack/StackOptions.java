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

    /** Whatever the machine: sums differ between one thread and two, and so would the finding. */
    public static final int DEFAULT_THREADS = 1;

    private static final int MOST_WORKERS_BY_DEFAULT = 4;

    public StackOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("--workers is " + workers + "; it must be at least 1");
        }
        requireThreads(threads);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port is " + port + "; it must be between 0 and 65535");
        }
        folder = folder.toAbsolutePath().normalize();
    }

    public static void requireThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads is " + threads + "; it must be at least 1");
        }
    }

    public static Path defaultFolder() {
        String home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".stepsampler");
    }

    /** As many workers as cores, but no more than a small machine's memory holds. */
    public static int defaultWorkers() {
        return Math.min(MOST_WORKERS_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
    }

    Path logs() {
        return folder.resolve("logs");
    }
}
