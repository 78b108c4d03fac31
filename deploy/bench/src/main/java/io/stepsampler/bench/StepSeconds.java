package io.stepsampler.bench;

import io.stepsampler.messages.CheckReport;
import io.stepsampler.worker.training.Trials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Times steps, reset and whole trials of a search file, once for each line on standard input, so that another program
 * can take its turn between. First it answers with its device, threads and versions, then with seconds of a step, of a reset and of the
 * short trial.
 */
final class StepSeconds {

    private static final double RATE = 1e-5;

    private StepSeconds() {}

    /** @param arguments a search file, threads, the steps of a short trial and those of a long one */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int few = Integer.parseInt(arguments[2]);
        int many = Integer.parseInt(arguments[3]);
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Trials trials = Trials.start(BenchSettings.trials(Integer.parseInt(arguments[1])))) {
            BenchSearch search = new BenchSearch(BenchSearch.read(Path.of(arguments[0])), trials);
            search.trial(RATE, few);
            System.out.println(BenchSettings.describe(search.trial(RATE, many).conditions()));
            while (turns.readLine() != null) {
                double trial = seconds(search, few);
                double step = (seconds(search, many) - trial) / (many - few);
                CheckReport check = trials.check(search.specification());
                System.out.printf(Locale.ROOT, "%.9f %.9f %.9f%n", step, check.resetSeconds(), trial);
            }
        }
    }

    /** Of a trial, whose data and model are in memory from the second one on. */
    private static double seconds(BenchSearch search, int steps) throws IOException, InterruptedException {
        return search.trial(RATE, steps).cost().deviceSeconds();
    }
}
