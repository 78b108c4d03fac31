package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Postgres' own files. A mark beside them tells that their first preparation has not been completed: nothing that a
 * service stored can be in them, and Postgres may not start from them.
 */
record DataFolder(Path parent) {

    Path path() {
        return parent.resolve("data");
    }

    /** Leaves either complete files or none. */
    void clearWhatWasNotCompleted() throws IOException {
        if (Files.exists(mark())) {
            delete();
        }
        if (!Files.exists(path())) {
            Files.writeString(mark(), "");
        }
    }

    void markCompleted() throws IOException {
        Files.deleteIfExists(mark());
    }

    private Path mark() {
        return parent.resolve("data-is-not-complete");
    }

    private void delete() throws IOException {
        if (!Files.exists(path())) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path())) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
