package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A search's points, read again with other settings and without a further trial. With its own settings they give its
 * finding again.
 */
public final class Reanalysis {

    /** Of a plan that the points do not tell: the coarse step of a default search. */
    private static final double STEP_DECADES = 0.5;

    /** What a finding may warn of that its points tell. */
    private static final Set<String> READ_ANEW = Set.of(
            "BUDGET_SPENT",
            "FEW_POINTS",
            "FRESH_OPTIMIZER",
            "HORIZON_TOO_SHORT",
            "KNEE_ON_EDGE",
            "LITTLE_LEARNED",
            "MINIMUM_ON_EDGE",
            "NOTHING_LEARNED",
            "NOT_CONFIRMED",
            "NO_VARIATION",
            "SEVERAL_MINIMA",
            "TOO_COARSE",
            "TOO_NOISY");

    private Reanalysis() {}

    /**
     * @param settings of the search, whose optimizer and steps hold whatever is wanted
     * @param stored its finding
     */
    public static Answer of(Settings settings, Finding stored, AnalysisSettings wanted) {
        SearchPlan plan = settings.plan();
        SearchPlan other = new SearchPlan(
                plan.from(),
                plan.to(),
                plan.stepDecades(),
                wanted.thresholdDecades(),
                plan.budget(),
                plan.plan(),
                wanted.reading(),
                plan.sweep(),
                plan.repeats(),
                plan.reuse());
        Answer answer = read(settings.with(other), stored.points(), wanted);
        List<Warning> kept = stored.warnings().stream()
                .filter(warning -> !READ_ANEW.contains(warning.code()))
                .filter(warning -> !settings.lengthen() || !warning.code().equals("ANSWER_MOVES"))
                .toList();
        List<Warning> anew = answer.warnings().stream()
                .filter(warning -> !warning.code().equals("POINT_MISSING"))
                .toList();
        Answer known =
                answer.withWarnings(Stream.concat(anew.stream(), kept.stream()).toList());
        return Optional.ofNullable(stored.sweep()).map(known::withSweep).orElse(known);
    }

    /** Of a search's own curve; absent where it lacks the baseline or the coarse grid. */
    static Optional<Answer> of(List<Point> points, AnalysisSettings wanted) {
        return settings(points, wanted).map(settings -> read(settings, points, wanted));
    }

    private static Answer read(Settings settings, List<Point> points, AnalysisSettings wanted) {
        History history = new History(points.stream().map(Reanalysis::trial).toList());
        Answer answer = Conclusion.of(settings, history).reread(wanted.method());
        return history.missing().isEmpty()
                ? answer
                : answer.withWarnings(answer.warnings().stream()
                        .map(warning -> warning.code().equals("POINT_MISSING")
                                ? Warnings.pointFailed(history.missing())
                                : warning)
                        .toList());
    }

    /** What a curve tells of its search's settings. */
    private static Optional<Settings> settings(List<Point> points, AnalysisSettings wanted) {
        List<Point> grid = points.stream()
                .filter(point -> point.purpose() == Finding.Purpose.GRID)
                .toList();
        Optional<Point> baseline = points.stream()
                .filter(point -> point.purpose() == Finding.Purpose.BASELINE && point.outcome() == Status.MEASURED)
                .min(Comparator.comparingInt(Point::round));
        if (grid.isEmpty() || baseline.isEmpty()) {
            return Optional.empty();
        }
        SearchPlan plan = plan(grid.stream().mapToDouble(Point::learningRate), wanted, 1);
        SearchPlan affordable = plan(
                grid.stream().mapToDouble(Point::learningRate),
                wanted,
                Math.max(points.size(), StepSampling.smallestBudget(plan)));
        Double momentum = wanted.momentum();
        boolean lengthen = new HashSet<>(grid.stream().map(Point::steps).toList()).size() > 1
                || points.stream().anyMatch(point -> point.purpose() == Finding.Purpose.LENGTHENED);
        return Optional.of(new Settings(
                affordable,
                new Optimizer.Sgd(momentum == null ? 0 : momentum, 0, 0, false),
                baseline.get().steps(),
                lengthen,
                baseline.get().seed()));
    }

    private static SearchPlan plan(DoubleStream gridRates, AnalysisSettings wanted, int probes) {
        List<Double> rates = gridRates.sorted().boxed().toList();
        return new SearchPlan(
                rates.get(0),
                rates.get(rates.size() - 1),
                STEP_DECADES,
                wanted.thresholdDecades(),
                new SearchPlan.Budget(probes),
                SearchPlan.Refinement.ADAPTIVE,
                wanted.reading(),
                false);
    }

    private static Trial trial(Point point) {
        PlannedProbe probe = new PlannedProbe(
                point.round(),
                Purpose.valueOf(Objects.requireNonNull(point.purpose()).name()),
                point.learningRate(),
                point.seed(),
                point.steps());
        return new Trial(probe, outcome(point), Boolean.TRUE.equals(point.reused()));
    }

    private static Outcome outcome(Point point) {
        Double loss = point.loss();
        if (loss != null) {
            return new Outcome.Measured(loss, List.of());
        }
        Integer step = point.divergedAtStep();
        return point.outcome() == Status.DIVERGED
                ? new Outcome.Diverged(step == null ? point.steps() : step, List.of())
                : new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it failed");
    }
}
