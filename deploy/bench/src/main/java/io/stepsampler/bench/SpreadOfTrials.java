package io.stepsampler.bench;

import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** The losses of ten equal trials: on a CPU they are one number, on CUDA their spread is the noise of a search. */
final class SpreadOfTrials {

    private static final int COUNT = 10;

    private SpreadOfTrials() {}

    /** @param arguments a search file and a learning rate */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double rate = Double.parseDouble(arguments[1]);
        try (Trials trials = Trials.start(BenchSettings.trials(1))) {
            BenchSearch search = new BenchSearch(BenchSearch.read(Path.of(arguments[0])), trials);
            int steps = search.specification().training().steps();
            List<Double> losses = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                TrialResult result = search.trial(rate, steps);
                if (i == 0) {
                    System.out.println(BenchSettings.describe(result.conditions()));
                }
                losses.add(((Measured) result.outcome()).loss());
            }
            DoubleSummaryStatistics all =
                    losses.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            double squares = losses.stream()
                    .mapToDouble(loss -> Math.pow(loss - all.getAverage(), 2))
                    .sum();
            System.out.printf(
                    "rate %.3g, %d trials: mean %.9g, lowest %.9g, highest %.9g, standard deviation %.3g%n",
                    rate, COUNT, all.getAverage(), all.getMin(), all.getMax(), Math.sqrt(squares / (COUNT - 1)));
        }
    }
}
