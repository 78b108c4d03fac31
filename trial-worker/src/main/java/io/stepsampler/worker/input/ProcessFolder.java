package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process fetches and reads. The lock beside it ends with the process however it dies, which a process number,
 * used again or of another container, would not tell.
 */
final class ProcessFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);
    private static final String ALIVE = ".alive";

    /** Never opened again in this process: closing the second channel would give up the first one's lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path alive;
    private final FileChannel lock;

    private ProcessFolder(Path folder, Path alive, FileChannel lock) {
        this.folder = folder;
        this.alive = alive;
        this.lock = lock;
    }

    /** Removes also what dead processes left. Call it under the cache's lock. */
    static ProcessFolder open(Path inUse) throws IOException {
        Files.createDirectories(inUse);
        removeLeftovers(inUse);
        String name = UUID.randomUUID().toString();
        Path alive = inUse.resolve(name + ALIVE);
        OWN.add(alive);
        FileChannel channel = FileChannel.open(alive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var unused = channel.lock();
        return new ProcessFolder(Files.createDirectory(inUse.resolve(name)), alive, channel);
    }

    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "");
    }

    @Override
    public void close() {
        try {
            delete(folder);
            Files.deleteIfExists(alive);
            lock.close();
        } catch (IOException e) {
            LOG.warn("The cache's folder {} stays until another worker starts", folder, e);
        }
        OWN.remove(alive);
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> below = Files.walk(tree)) {
            List<Path> paths = below.toList();
            for (int i = paths.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(paths.get(i));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void removeLeftovers(Path inUse) throws IOException {
        List<Path> found;
        try (Stream<Path> paths = Files.list(inUse)) {
            found = paths.filter(path -> path.toString().endsWith(ALIVE)).toList();
        }
        for (Path alive : found) {
            if (!OWN.contains(alive)) {
                removeIfDead(alive);
            }
        }
    }

    private static void removeIfDead(Path alive) throws IOException {
        try (FileChannel channel = FileChannel.open(alive, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                String name = alive.getFileName().toString();
                delete(alive.resolveSibling(name.substring(0, name.length() - ALIVE.length())));
                Files.deleteIfExists(alive);
            }
        }
    }
}
