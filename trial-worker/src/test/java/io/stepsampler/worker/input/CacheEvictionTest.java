package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache gives up to stay within its bound. */
class CacheEvictionTest {

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
    void theCacheStaysWithinItsBoundByGivingUpWhatWasUsedLongestAgo() throws Exception {
        StoredFile first = StoredFile.of("1", FORTY + "1");
        StoredFile second = StoredFile.of("2", FORTY + "2");
        StoredFile third = StoredFile.of("3", FORTY + "3");
        read("vision", first);
        read("text", second);
        read("vision", first);
        read("text", third);
        assertThat(entries().mapToLong(CacheFolder::size).sum()).isLessThanOrEqualTo(MOST_BYTES);
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
            assertThat(entries()).noneMatch(entry -> CacheFolder.content(entry).equals(FORTY + "1"));
            assertThat(path).hasContent(FORTY + "1");
        }
    }

    @Test
    void whatIsForgottenLeavesNoIndex() throws Exception {
        for (int i = 0; i < 9; i++) {
            read("vision", StoredFile.of("" + i, FORTY + i));
        }
        assertThat(new CacheFolder(folder).files("index"))
                .hasSameSizeAs(entries().toList());
    }

    @Test
    void aSumThatWasLostIsCountedAgain() throws Exception {
        for (int i = 0; i < 9; i++) {
            read("vision", StoredFile.of("" + i, FORTY + i));
            Files.writeString(folder.resolve("bytes"), i % 2 == 0 ? "" : "-5");
            assertThat(entries().mapToLong(CacheFolder::size).sum()).isLessThanOrEqualTo(MOST_BYTES);
        }
    }

    private String read(String team, RemoteFile file) throws Refusal {
        return CacheFolder.read(cache, team, file);
    }

    private Stream<Path> entries() throws IOException {
        return new CacheFolder(folder).entries();
    }
}
