package io.stepsampler.worker.input;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Which files a search may name: absolute paths and {@code file:} URIs below the configured roots. */
public final class Locations {

    private final List<Path> roots;

    /** No root allows nothing; {@code /} allows every file that the worker's user can read. */
    public Locations(List<Path> roots) {
        this.roots = roots.stream().map(Locations::realPath).toList();
    }

    public Path file(String key, String location) throws Refusal {
        Path path = existing(key, location);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw Refusal.badInput(key, location, "it must be a file that the worker can read");
        }
        return path;
    }

    public Path folder(String key, String location) throws Refusal {
        Path path = existing(key, location);
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw Refusal.badInput(key, location, "it must be a folder that the worker can read");
        }
        return path;
    }

    /** Checked again for each file found in a folder, because a symbolic link may lead out of the roots. */
    public void requireAllowed(String key, Path path) throws Refusal {
        Path real = realPath(path);
        if (roots.stream().noneMatch(real::startsWith)) {
            throw Refusal.policy(
                    key,
                    path,
                    roots.isEmpty()
                            ? "this worker may read no files; stepsampler.roots allows them"
                            : "this worker reads files below " + roots + " only");
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
        try {
            Path path = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw Refusal.badInput(key, location, "it must be an absolute path or a file: URI");
        }
        throw Refusal.badInput(key, location, "it must be an absolute path or a file: URI");
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
