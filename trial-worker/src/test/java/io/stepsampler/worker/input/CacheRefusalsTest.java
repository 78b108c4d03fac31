package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be brought here. */
class CacheRefusalsTest {

    private static final int MOST_BYTES = 100;

    @TempDir
    private Path temporary;

    private Path folder;
    private Cache cache;

    @BeforeEach
    void open() throws IOException {
        folder = temporary.toRealPath().resolve("cache");
        cache = new Cache(folder, MOST_BYTES);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void aDownloadThatIsCutShortIsAFaultAndKeepsNothing() throws Exception {
        try (Lease lease = cache.lease("vision")) {
            assertRefused(
                    () -> lease.file(KEY, new Sending(InputStream.nullInputStream(), 7), null),
                    Code.CRASHED,
                    "test:sent",
                    "it cannot be brought here (java.io.IOException: 0 of 7 bytes came)");
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void aStreamWithoutEndIsStoppedAtTheBound() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        try (Lease lease = cache.lease("vision")) {
            assertRefused(
                    () -> lease.file(KEY, new Sending(endless, -1), null),
                    Code.POLICY,
                    "test:sent",
                    "it is larger than the 100 bytes that the worker's cache keeps (stepsampler.cache-bytes)");
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsAFault() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        try (Cache broken = new Cache(file.resolve("cache"), MOST_BYTES)) {
            assertRefused(
                    () -> broken.lease("vision").file(KEY, StoredFile.of("a.pt", "weights"), null),
                    Code.CRASHED,
                    "test:a.pt",
                    "it cannot be brought here (java.nio.file.FileAlreadyExistsException: " + file.toAbsolutePath()
                            + ")");
        }
    }

    private record Sending(InputStream content, long bytes) implements RemoteFile {

        @Override
        public String location() {
            return "test:sent";
        }

        @Override
        public String name() {
            return "sent";
        }

        @Override
        public String identity() {
            return location();
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public Download open() {
            return new Download(content, bytes, Optional.empty(), content);
        }
    }

    private Stream<Path> entries() throws IOException {
        return new CacheFolder(folder).entries();
    }
}
