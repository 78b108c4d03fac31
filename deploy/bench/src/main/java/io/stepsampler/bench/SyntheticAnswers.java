package io.stepsampler.bench;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** How near searches come to the known answers of synthetic curves, how sure they say they are, and at what cost. */
record SyntheticAnswers(int curves, double noise, double seedEffect) {

    static final List<String> POINTS = List.of("knee", "half-loss", "steepest", "maximum");

    private static final Optimizer PLAIN = new Optimizer.Sgd(0, 0, 0, false);
    private static final double GRID_STEP_DECADES = 0.05;
    private static final double THRESHOLD_DECADES = 0.05;
    private static final double ROUNDING_DECADES = 0.001;

    /** Sorted errors in decades and, where there are intervals, the share that holds the truth. */
    record OfPoint(Percentiles errors, double coverage) {}

    record Table(Percentiles probes, Percentiles rounds, double found, Map<String, OfPoint> points) {}

    /** A search with our plan. */
    Table adaptive(int repeats, int probes) {
        return table(plan(SearchPlan.Refinement.ADAPTIVE, SearchPlan.Reading.RELATIVE, repeats, probes));
    }

    /** The paper's plan with finite differences of the raw loss, or with our estimator. */
    Table paper(SearchPlan.Reading reading) {
        return table(plan(SearchPlan.Refinement.PAPER, reading, 1, 64));
    }

    private static SearchPlan plan(
            SearchPlan.Refinement refinement, SearchPlan.Reading reading, int repeats, int probes) {
        return new SearchPlan(
                1e-7,
                10,
                0.5,
                THRESHOLD_DECADES,
                new SearchPlan.Budget(probes),
                refinement,
                reading,
                false,
                repeats,
                true);
    }

    private Table table(SearchPlan plan) {
        return table(LongStream.range(0, curves)
                .mapToObj(SyntheticCurve::of)
                .map(curve -> new Run(
                        curve,
                        SimulatedSearch.run(
                                new Settings(plan, PLAIN, 20, false, 1),
                                probe -> curve.train(probe.learningRate(), probe.seed(), noise, seedEffect))))
                .toList());
    }

    private record Run(SyntheticCurve curve, SimulatedSearch search) {}

    private static Table table(List<Run> runs) {
        Map<String, List<Double>> errors = new HashMap<>();
        Map<String, Integer> held = new HashMap<>();
        for (Run run : runs) {
            Map<String, Double> known = run.curve().answers();
            for (PointOfInterest point : run.search().answer().pointsOfInterest()) {
                double truth = Objects.requireNonNull(known.get(point.name()));
                errors.computeIfAbsent(point.name(), name -> new ArrayList<>())
                        .add(Math.abs(StrictMath.log10(point.learningRate()) - truth));
                Interval interval = point.interval();
                if (interval != null
                        && truth >= StrictMath.log10(interval.lower()) - ROUNDING_DECADES
                        && truth <= StrictMath.log10(interval.upper()) + ROUNDING_DECADES) {
                    held.merge(point.name(), 1, Integer::sum);
                }
            }
        }
        Map<String, OfPoint> points = new HashMap<>();
        errors.forEach((name, list) ->
                points.put(name, new OfPoint(Percentiles.of(list), held.getOrDefault(name, 0) / (double) list.size())));
        return new Table(
                Percentiles.of(runs.stream()
                        .map(run -> (double) run.search().trials().size())
                        .toList()),
                Percentiles.of(
                        runs.stream().map(run -> (double) run.search().rounds()).toList()),
                runs.stream()
                                .filter(run -> run.search().answer().state() == SearchState.FOUND)
                                .count()
                        / (double) runs.size(),
                points);
    }

    /** Every rate of a grid, the points read by the method's formulas at its rates: what a search is to replace. */
    Map<String, Percentiles> bruteForce() {
        Map<String, List<Double>> errors = new HashMap<>();
        for (long seed = 0; seed < curves; seed++) {
            SyntheticCurve curve = SyntheticCurve.of(seed);
            Map<String, Double> known = curve.answers();
            curve.gridAnswers(noise, GRID_STEP_DECADES)
                    .forEach((name, place) -> errors.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(Math.abs(place - Objects.requireNonNull(known.get(name)))));
        }
        Map<String, Percentiles> percentiles = new HashMap<>();
        errors.forEach((name, list) -> percentiles.put(name, Percentiles.of(list)));
        return percentiles;
    }

    static String row(String name, Table table) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.1f |",
                name,
                table.probes().mean(),
                table.probes().at(1),
                table.rounds().mean()));
        for (String point : POINTS) {
            OfPoint of = Objects.requireNonNull(table.points().get(point));
            row.append(String.format(
                    Locale.ROOT,
                    " %.3f / %.3f / %.3f |",
                    of.errors().at(0.5),
                    of.errors().at(0.9),
                    of.errors().at(1)));
        }
        return row.toString();
    }
}
