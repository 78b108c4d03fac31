package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    private static final int MOST_BYTES = 100;
    private static final String FORTY = "x".repeat(39);

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
    void nothingIsMadeBeforeItIsNeeded() {
        cache.lease("vision").close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aFileIsHeldWhileItIsLeasedAndKeptAfter() throws Exception {
        StoredFile file = StoredFile.of("a.pt", "weights");
        Path path;
        try (Lease lease = cache.lease("vision")) {
            path = lease.file(KEY, file, null).path();
            assertThat(path).hasContent("weights");
            assertThat(lease.holds(path)).isTrue();
            assertThat(lease.holds(path.resolve("../../../teams"))).isFalse();
        }
        assertThat(path).doesNotExist();
        read("vision", file);
        assertThat(file.downloads()).hasValue(1);
    }

    @Test
    void theCacheStaysWithinItsBoundByGivingUpWhatWasUsedLongestAgo() throws Exception {
        StoredFile first = StoredFile.of("1", FORTY + "1");
        StoredFile second = StoredFile.of("2", FORTY + "2");
        StoredFile third = StoredFile.of("3", FORTY + "3");
        read("vision", first);
        read("text", second);
        read("vision", first);
        read("text", third);
        assertThat(entries().mapToLong(CacheTest::size).sum()).isLessThanOrEqualTo(MOST_BYTES);
        read("vision", first);
        assertThat(first.downloads()).hasValue(1);
        read("text", second);
        assertThat(second.downloads()).hasValue(2);
    }

    @Test
    void aFileAsLargeAsTheCacheIsKeptAlone() throws Exception {
        StoredFile large = StoredFile.of("large", "y".repeat(MOST_BYTES));
        read("vision", StoredFile.of("1", FORTY));
        read("vision", large);
        read("vision", large);
        assertThat(large.downloads()).hasValue(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatWasJustBroughtStaysThoughTheClockWasSetBack() throws Exception {
        read("vision", StoredFile.of("1", FORTY + "1"));
        Path first = entries().findFirst().orElseThrow();
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().plusSeconds(3600)));
        StoredFile large = StoredFile.of("large", "y".repeat(MOST_BYTES));
        read("vision", large);
        read("vision", large);
        assertThat(large.downloads()).hasValue(1);
        assertThat(first).doesNotExist();
    }

    @Test
    void aFileThatIsBeingReadOutlivesItsEviction() throws Exception {
        try (Lease reader = cache.lease("vision");
                Cache other = new Cache(folder, MOST_BYTES)) {
            Path path = reader.file(KEY, StoredFile.of("1", FORTY + "1"), null).path();
            for (int i = 2; i < 6; i++) {
                try (Lease lease = other.lease("vision")) {
                    lease.file(KEY, StoredFile.of("" + i, FORTY + i), null);
                }
            }
            assertThat(entries()).noneMatch(entry -> content(entry).equals(FORTY + "1"));
            assertThat(path).hasContent(FORTY + "1");
        }
    }

    @Test
    void anotherTeamsDigestOpensNothing() throws Exception {
        StoredFile file = StoredFile.of("a.pt", "weights");
        String digest = read("vision", file);
        assertThat(cache.open().link("vision", digest, folder.resolve("link"))).isTrue();
        assertThat(cache.open().link("text", digest, folder.resolve("another"))).isFalse();
        assertThat(cache.open().known("text", file.identity(), "weights")).isEmpty();
    }

    @Test
    void aTeamsNameIsNoPath() throws Exception {
        read("../../other", StoredFile.of("a.pt", "weights"));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatIsNoDigestIsNotLookedFor() throws Exception {
        assertThat(cache.open().link("vision", "../../../lock", folder.resolve("link")))
                .isFalse();
    }

    @Test
    void aCorruptEntryIsNeverServed() throws Exception {
        StoredFile file = StoredFile.of("a.pt", "weights");
        String digest = read("vision", file);
        Files.writeString(entries().findFirst().orElseThrow(), "Weights");
        assertThat(read("vision", file)).isEqualTo(digest);
        assertThat(file.downloads()).hasValue(2);
        assertThat(entries()).allMatch(entry -> content(entry).equals("weights"));
    }

    @Test
    void aChangedFileIsDownloadedAnew() throws Exception {
        read("vision", StoredFile.of("a.pt", "weights"));
        StoredFile changed = StoredFile.of("a.pt", "weights 2");
        read("vision", changed);
        assertThat(changed.downloads()).hasValue(1);
    }

    @Test
    void whatIsForgottenLeavesNoIndex() throws Exception {
        for (int i = 0; i < 9; i++) {
            read("vision", StoredFile.of("" + i, FORTY + i));
        }
        assertThat(files("index")).hasSameSizeAs(entries().toList());
    }

    @Test
    void aSumThatWasLostIsCountedAgain() throws Exception {
        for (int i = 0; i < 9; i++) {
            read("vision", StoredFile.of("" + i, FORTY + i));
            Files.writeString(folder.resolve("bytes"), i % 2 == 0 ? "" : "-5");
            assertThat(entries().mapToLong(CacheTest::size).sum()).isLessThanOrEqualTo(MOST_BYTES);
        }
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

    @Test
    void onlyTheWorkersUserReadsTheCache() throws Exception {
        read("vision", StoredFile.of("a.pt", "weights"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void aClosedCacheLeavesNothingInUse() throws Exception {
        try (Lease lease = cache.lease("vision")) {
            lease.file(KEY, StoredFile.of("a.pt", "weights"), null);
            cache.close();
            assertThat(folder.resolve("in-use")).isEmptyDirectory();
            assertThatCode(lease::close).doesNotThrowAnyException();
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

    private String read(String team, RemoteFile file) throws Refusal {
        try (Lease lease = cache.lease(team)) {
            return lease.file(KEY, file, null).sha256();
        }
    }

    private Stream<Path> entries() throws IOException {
        return files("entries").stream();
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().contains("/" + kind + "/"))
                    .toList();
        }
    }

    private static long size(Path file) {
        return content(file).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
