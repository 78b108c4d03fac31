package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers on one disk, whose cache is far too small for what they read: nearly each addition evicts. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SharedCacheTest {

    private static final int MOST_BYTES = 5_000;
    private static final int FILES = 12;
    private static final int READS = 150;

    @TempDir
    private Path temporary;

    @Test
    void twoProcessesReadWholeFilesWhileTheyEvictEachOthers() throws Exception {
        List<Process> workers = List.of(start("1", "go"), start("2", "go"));
        for (Process worker : workers) {
            assertThat(worker.waitFor()).isZero();
        }
        assertThat(keptBytes()).isPositive().isLessThanOrEqualTo(MOST_BYTES);
        assertThat(folder().resolve("in-use")).isEmptyDirectory();
    }

    @Test
    void fourThreadsWithTwoCachesReadWholeFiles() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Cache one = new Cache(folder(), MOST_BYTES);
                Cache other = new Cache(folder(), MOST_BYTES)) {
            List<Callable<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                readers.add(() -> {
                    readAll(seed % 2 == 0 ? one : other, seed);
                    return true;
                });
            }
            for (Future<Boolean> reader : threads.invokeAll(readers)) {
                assertThat(reader.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(keptBytes()).isPositive().isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatALivingOneReadsIsNot() throws Exception {
        Process dead = start("1", "hold");
        assertThat(dead.getInputStream().read()).isEqualTo('h');
        Process living = start("2", "hold");
        assertThat(living.getInputStream().read()).isEqualTo('h');
        try (Cache cache = new Cache(folder(), MOST_BYTES)) {
            assertThat(inUse(cache)).isEqualTo(3);
        }
        dead.destroyForcibly().waitFor();
        try (Cache cache = new Cache(folder(), MOST_BYTES)) {
            assertThat(inUse(cache)).isEqualTo(2);
        } finally {
            living.destroyForcibly().waitFor();
        }
    }

    /** A worker: its folder, its seed, and whether it reads on or holds one file until it is killed. */
    public static void main(String[] arguments) throws Exception {
        try (Cache cache = new Cache(Path.of(arguments[0]), MOST_BYTES)) {
            if (arguments[2].equals("go")) {
                readAll(cache, Integer.parseInt(arguments[1]));
                return;
            }
            cache.lease("vision").file(KEY, file(0), null);
            System.out.print('h');
            System.out.flush();
            var unused = System.in.read();
        }
    }

    private static void readAll(Cache cache, int seed) throws Refusal, IOException {
        Random random = new Random(seed);
        for (int i = 0; i < READS; i++) {
            StoredFile wanted = file(random.nextInt(FILES));
            try (Lease lease = cache.lease("vision")) {
                Path path = lease.file(KEY, wanted, null).path();
                lease.file(KEY, file(random.nextInt(FILES)), null);
                if (!Files.readString(path).equals(wanted.content())) {
                    throw new IllegalStateException(wanted.name() + " is not what it was");
                }
            }
        }
    }

    private static StoredFile file(int number) {
        return StoredFile.of("file-" + number, ("" + number + ",").repeat(500));
    }

    private Process start(String seed, String task) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedCacheTest.class.getName(),
                        folder().toString(),
                        seed,
                        task)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Path folder() {
        return temporary.resolve("cache");
    }

    /** Processes that are taken to read from the cache, this one included. */
    private long inUse(Cache cache) throws IOException {
        cache.open();
        try (Stream<Path> processes = Files.list(folder().resolve("in-use"))) {
            return processes.filter(Files::isDirectory).count();
        }
    }

    private long keptBytes() throws IOException {
        long sum = 0;
        for (Path entry : new CacheFolder(folder()).files("entries")) {
            sum += Files.size(entry);
        }
        return sum;
    }
}
