package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One holder at a time on one disk. A lock on a file keeps processes apart and a lock in memory this process's threads:
 * the platform's file locks belong to a process, and closing any channel on the file gives them up.
 */
final class DiskLock {

    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock threads;

    /** @param file in a folder named by its real path */
    DiskLock(Path file) {
        this.file = file;
        this.threads = THREADS.computeIfAbsent(file, unused -> new ReentrantLock());
    }

    interface Action<T> {
        T run() throws IOException;
    }

    <T> T hold(Action<T> action) throws IOException {
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = channel.lock();
            return action.run();
        } finally {
            threads.unlock();
        }
    }
}
