package io.stepsampler.bench;

import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trials a second with one, two and four slots on one device, each in a process of its own as a worker has them. */
final class SlotThroughput {

    private static final List<Integer> SLOTS = List.of(1, 2, 4);
    private static final double RATE = 1e-5;

    private SlotThroughput() {}

    /** @param arguments a search file, threads of each trial, and how many trials each slot runs */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        SearchSpecification specification = BenchSearch.read(Path.of(arguments[0]));
        TrialSettings settings = BenchSettings.trials(Integer.parseInt(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        try (Trials trials = Trials.start(settings)) {
            for (int slots : SLOTS) {
                System.out.printf(
                        "%d slot(s) on %s, %d thread(s) each: %.3f trials a second%n",
                        slots,
                        trials.device(),
                        settings.threads(),
                        trialsPerSecond(slots, count, specification, settings, trials));
            }
        }
    }

    private static double trialsPerSecond(
            int slots, int count, SearchSpecification specification, TrialSettings settings, Trials trials)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(slots);
        List<TrialProcess> processes = new ArrayList<>();
        try {
            for (int slot = 0; slot < slots; slot++) {
                processes.add(new TrialProcess(settings, trials));
            }
            runEach(processes, 1, specification, threads);
            long startedNanos = System.nanoTime();
            runEach(processes, count, specification, threads);
            return slots * count / ((System.nanoTime() - startedNanos) / 1e9);
        } finally {
            processes.forEach(TrialProcess::close);
            threads.shutdown();
        }
    }

    private static void runEach(
            List<TrialProcess> processes, int count, SearchSpecification specification, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        List<Future<Void>> running = new ArrayList<>();
        for (TrialProcess process : processes) {
            running.add(threads.submit(() -> {
                BenchSearch search = new BenchSearch(specification, process);
                for (int i = 0; i < count; i++) {
                    search.trial(RATE, specification.training().steps());
                }
                return null;
            }));
        }
        for (Future<Void> slot : running) {
            slot.get();
        }
    }
}
