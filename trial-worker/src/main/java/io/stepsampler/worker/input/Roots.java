package io.stepsampler.worker.input;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Files of this machine: absolute paths and {@code file:} URIs below the configured roots. */
final class Roots {

    private static final String ALLOWED = "it must be an absolute path or a file:, s3: or https: URI";

    private final List<Path> roots;
    private final Path cacheFolder;

    /** @param cacheFolder never read by name, though it be below a root: it holds the files of every team */
    Roots(List<Path> roots, Path cacheFolder) {
        this.roots = roots.stream().map(Roots::realPath).toList();
        this.cacheFolder = cacheFolder;
    }

    Path file(String key, String location) throws Refusal {
        Path path = existing(key, location);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw Refusal.badInput(key, location, "it must be a file that the worker can read");
        }
        return path;
    }

    Path folder(String key, String location) throws Refusal {
        Path path = existing(key, location);
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw Refusal.badInput(key, location, "it must be a folder that the worker can read");
        }
        return path;
    }

    void requireAllowed(String key, Path path) throws Refusal {
        Path real = realPath(path);
        if (roots.stream().noneMatch(real::startsWith)) {
            throw Refusal.policy(
                    key,
                    path,
                    roots.isEmpty()
                            ? "this worker may read no files; stepsampler.roots allows them"
                            : "this worker reads files below " + roots + " only");
        }
        if (real.startsWith(realPath(cacheFolder))) {
            throw Refusal.policy(key, path, "it is in the worker's cache, which no search may name");
        }
    }

    private Path existing(String key, String location) throws Refusal {
        Path path = absolute(key, location);
        requireAllowed(key, path);
        if (!Files.exists(path)) {
            throw Refusal.badInput(key, location, "there is no such file or folder");
        }
        return path;
    }

    private static Path absolute(String key, String location) throws Refusal {
        Path path;
        try {
            path = location.regionMatches(true, 0, "file:", 0, 5) ? Path.of(URI.create(location)) : Path.of(location);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw Refusal.badInput(key, location, ALLOWED);
        }
        if (!path.isAbsolute()) {
            throw Refusal.badInput(key, location, ALLOWED);
        }
        if (StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().equals(".."))) {
            throw Refusal.badInput(key, location, "it must name the file without \"..\"");
        }
        return path.normalize();
    }

    /** Follows links as far as the path exists, so that a missing file below a root is missing, not forbidden. */
    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            Path parent = path.getParent();
            return parent == null ? path : realPath(parent).resolve(path.getFileName());
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
