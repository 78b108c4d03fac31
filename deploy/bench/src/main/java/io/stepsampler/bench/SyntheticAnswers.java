package io.stepsampler.bench;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How near searches come to the known answers of synthetic curves, and at what cost. */
final class SyntheticAnswers {

    private static final Optimizer PLAIN = new Optimizer.Sgd(0, 0, 0, false);

    private final int curves;

    private SyntheticAnswers(int curves) {
        this.curves = curves;
    }

    public static void main(String[] arguments) {
        SyntheticAnswers answers = new SyntheticAnswers(Integer.parseInt(arguments[0]));
        double noise = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 0;
        int budget = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        answers.table("paper", SearchPlan.Refinement.PAPER, SearchPlan.Reading.PAPER, noise, budget);
        answers.table("paper's plan", SearchPlan.Refinement.PAPER, SearchPlan.Reading.RELATIVE, noise, budget);
        answers.table("ours", SearchPlan.Refinement.ADAPTIVE, SearchPlan.Reading.RELATIVE, noise, budget);
    }

    private void table(String name, SearchPlan.Refinement plan, SearchPlan.Reading reading, double noise, int budget) {
        SearchPlan search = new SearchPlan(1e-7, 10, 0.5, 0.05, new SearchPlan.Budget(budget), plan, reading, false);
        Map<String, List<Double>> errors = new TreeMap<>();
        Map<String, int[]> covered = new TreeMap<>();
        List<Double> probes = new ArrayList<>();
        List<Double> rounds = new ArrayList<>();
        Map<String, Integer> states = new TreeMap<>();
        long start = System.nanoTime();
        for (long seed = 0; seed < curves; seed++) {
            SyntheticCurve curve = SyntheticCurve.of(seed);
            SimulatedSearch run = SimulatedSearch.run(
                    new Settings(search, PLAIN, 20, false, 1),
                    probe -> curve.train(probe.learningRate(), probe.seed(), noise, 0));
            probes.add((double) run.trials().size());
            rounds.add((double) run.rounds());
            states.merge(run.answer().state().name(), 1, Integer::sum);
            Map<String, Double> known = curve.answers();
            for (PointOfInterest point : run.answer().pointsOfInterest()) {
                double truth = known.get(point.name());
                errors.computeIfAbsent(point.name(), key -> new ArrayList<>())
                        .add(Math.abs(StrictMath.log10(point.learningRate()) - truth));
                Interval interval = point.interval();
                if (interval != null) {
                    int[] counts = covered.computeIfAbsent(point.name(), key -> new int[2]);
                    boolean inside = truth >= StrictMath.log10(interval.lower()) - 0.001
                            && truth <= StrictMath.log10(interval.upper()) + 0.001;
                    counts[inside ? 1 : 0]++;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: probes mean %.1f median %.0f most %.0f, rounds %.1f, %s, %.1f ms%n",
                name,
                mean(probes),
                quantile(probes, 0.5),
                quantile(probes, 1),
                mean(rounds),
                states,
                (System.nanoTime() - start) / 1e6 / curves);
        errors.forEach((point, list) -> System.out.printf(
                Locale.ROOT,
                "   %-10s median %.4f  90 %% %.4f  99 %% %.4f  most %.4f   within %.1f %%  coverage %s%n",
                point,
                quantile(list, 0.5),
                quantile(list, 0.9),
                quantile(list, 0.99),
                quantile(list, 1),
                100.0 * list.stream().filter(error -> error <= 0.05).count() / list.size(),
                covered.containsKey(point) ? share(covered.get(point)) : "-"));
    }

    private static String share(int[] counts) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * counts[1] / (counts[0] + counts[1]));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double quantile(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
