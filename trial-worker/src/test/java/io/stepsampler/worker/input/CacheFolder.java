package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a cache has on its disk. */
record CacheFolder(Path path) {

    Stream<Path> entries() throws IOException {
        return files("entries").stream();
    }

    /** @param kind such as {@code index} */
    List<Path> files(String kind) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.filter(file -> file.toString().contains("/" + kind + "/"))
                    .toList();
        }
    }

    static long size(Path file) {
        return content(file).getBytes(StandardCharsets.UTF_8).length;
    }

    static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a trial of the team does, once; the digest of what it read. */
    static String read(Cache cache, String team, RemoteFile file) throws Refusal {
        try (Lease lease = cache.lease(team)) {
            return lease.file(KEY, file, null).sha256();
        }
    }
}
