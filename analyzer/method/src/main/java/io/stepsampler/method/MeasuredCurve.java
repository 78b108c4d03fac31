package io.stepsampler.method;

import io.stepsampler.messages.Finding.Point;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * @param points of a search's own curve, which tells what each is for; else none
 * @param ignoredColumns names in the header that mean nothing here, for a note to the user
 */
public record MeasuredCurve(List<CurveRow> rows, List<Point> points, List<String> ignoredColumns) {

    public MeasuredCurve {
        rows = List.copyOf(rows);
        points = List.copyOf(points);
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    /**
     * The loss at every rate after so many steps, or after the largest step that all rates have where the rows do not
     * know that many; empty where the trial diverged. Several seeds count as their mean. At rate 0, where no row is, the
     * loss before the first step.
     */
    public NavigableMap<LearningRate, Optional<Double>> lossesAfter(int steps) {
        List<CurveRow> chosen = rows;
        if (namesSteps()) {
            List<CurveRow> asked = atStep(steps);
            chosen = asked.isEmpty() ? commonStep().map(this::atStep).orElse(List.of()) : asked;
        }
        NavigableMap<LearningRate, Optional<Double>> losses = new TreeMap<>();
        lossAtStepZero().ifPresent(loss -> losses.put(LearningRate.BASELINE, Optional.of(loss)));
        SeedPairs.merge(chosen).forEach((rate, merged) -> losses.put(rate, Optional.ofNullable(merged.loss())));
        return losses;
    }

    /**
     * The largest step at which every rate has a loss or has diverged; where there is none, the largest of those at which
     * most rates have; absent if the rows name no step.
     */
    Optional<Integer> commonStep() {
        NavigableSet<Integer> steps = rows.stream()
                .map(CurveRow::step)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        return steps.descendingSet().stream().max(Comparator.comparingLong(this::ratesAt));
    }

    private long ratesAt(int step) {
        return byRate().values().stream().filter(trial -> isKnown(trial, step)).count();
    }

    /** @param baselineLoss of every step where the rows at rate 0 do not tell it */
    Halfway halfway(int steps, double baselineLoss) {
        NavigableMap<LearningRate, Trajectory> trajectories = trajectories();
        trajectories.merge(
                LearningRate.BASELINE,
                Trajectory.constant(baselineLoss, steps),
                (told, constant) -> told.lossAt(steps / 2).isPresent() ? told : constant);
        return new Halfway(trajectories, steps);
    }

    /** The way of every rate's trial, on the first seed. */
    public NavigableMap<LearningRate, Trajectory> trajectories() {
        Long seed = rows.isEmpty() ? null : rows.get(0).seed();
        NavigableMap<LearningRate, Trajectory> trajectories = new TreeMap<>();
        byRate().forEach((rate, all) -> trajectories.put(
                rate,
                Trajectory.of(all.stream()
                        .filter(row -> Objects.equals(row.seed(), seed))
                        .toList())));
        return trajectories;
    }

    /** Whether the rows tell after how many steps their losses are. */
    public boolean namesSteps() {
        return rows.stream().anyMatch(row -> row.step() != null);
    }

    /** One row for each rate and seed: its loss at the step, or that it had diverged by then. */
    List<CurveRow> atStep(int step) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> List.of(row.rate(), String.valueOf(row.seed()))))
                .values()
                .stream()
                .flatMap(trial -> rowAt(trial, step).stream())
                .toList();
    }

    /** The loss before the first step, where all trials are still equal. */
    Optional<Double> lossAtStepZero() {
        return rows.stream()
                .filter(row -> Objects.equals(row.step(), 0))
                .map(CurveRow::loss)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private NavigableMap<LearningRate, List<CurveRow>> byRate() {
        return rows.stream().collect(Collectors.groupingBy(CurveRow::rate, TreeMap::new, Collectors.toList()));
    }

    private static boolean isKnown(List<CurveRow> trial, int step) {
        return rowAt(trial, step).isPresent();
    }

    private static Optional<CurveRow> rowAt(List<CurveRow> trial, int step) {
        Stream<CurveRow> diverged = trial.stream().filter(row -> row.loss() == null && isUpTo(row, step));
        Stream<CurveRow> measured =
                trial.stream().filter(row -> row.step() == null || Objects.equals(row.step(), step));
        return Stream.concat(diverged, measured).findFirst();
    }

    private static boolean isUpTo(CurveRow row, int step) {
        Integer at = row.step();
        return at == null || at <= step;
    }
}
