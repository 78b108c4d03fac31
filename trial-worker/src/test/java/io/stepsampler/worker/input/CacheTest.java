package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache keeps, and for whom. */
class CacheTest {

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
        assertThat(entries()).allMatch(entry -> CacheFolder.content(entry).equals("weights"));
    }

    @Test
    void aChangedFileIsDownloadedAnew() throws Exception {
        read("vision", StoredFile.of("a.pt", "weights"));
        StoredFile changed = StoredFile.of("a.pt", "weights 2");
        read("vision", changed);
        assertThat(changed.downloads()).hasValue(1);
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

    private String read(String team, RemoteFile file) throws Refusal {
        return CacheFolder.read(cache, team, file);
    }

    private Stream<Path> entries() throws IOException {
        return new CacheFolder(folder).entries();
    }
}
