package io.stepsampler.bench;

import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of the process over many trials of a search file, the Java heap emptied before each look. */
final class ProcessMemory {

    private static final int LOOKS = 10;
    private static final int STEPS = 5;
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** @param arguments a search file and how many trials */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[1]);
        try (Trials trials = Trials.start(BenchSettings.trials(1))) {
            BenchSearch search = new BenchSearch(BenchSearch.read(Path.of(arguments[0])), trials);
            System.out.println(BenchSettings.describe(search.trial(1e-5, STEPS).conditions()));
            System.out.println("trials  resident, MiB");
            for (int trial = 1; trial <= count; trial++) {
                search.trial(trial % 2 == 0 ? 1e-3 : 1e-5, STEPS);
                if (trial == 1 || trial % Math.max(1, count / LOOKS) == 0) {
                    System.out.printf("%6d  %d%n", trial, residentBytes() >> 20);
                }
            }
        }
    }

    private static long residentBytes() throws IOException {
        System.gc();
        return Files.readAllLines(PROCESS_STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
