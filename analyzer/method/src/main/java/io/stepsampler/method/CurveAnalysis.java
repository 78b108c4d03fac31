package io.stepsampler.method;

import io.stepsampler.messages.Finding.Confirmation;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a finished curve gives, without a further probe.
 *
 * <p>FOUND if every point of interest is bracketed within the threshold. BUDGET_SPENT, with a recommendation and the
 * warning TOO_COARSE, if the rates lie further apart: the curve is all there is to spend. UNRELIABLE, without one, if the
 * minimum is on the edge, or no knee is seen, or nothing was learned, or fewer than five rates have a loss.
 */
public final class CurveAnalysis {

    /** The derivatives' spacing: the coarse step of a default search, so that its curve gives its answer again. */
    private static final double STEP_DECADES = 0.5;

    private CurveAnalysis() {}

    /** A search's own curve is read as the search read it, unless other steps are asked for. */
    public static Answer analyze(MeasuredCurve measured, AnalysisSettings settings) {
        return Optional.of(measured.points())
                .filter(points -> !points.isEmpty() && settings.steps() == null)
                .flatMap(points -> Reanalysis.of(points, settings))
                .orElseGet(() -> analyzeRows(measured, settings));
    }

    private static Answer analyzeRows(MeasuredCurve measured, AnalysisSettings settings) {
        int steps =
                Optional.ofNullable(settings.steps()).or(measured::commonStep).orElse(0);
        Map<LearningRate, SeedPairs.Merged> merged =
                SeedPairs.merge(measured.namesSteps() ? measured.atStep(steps) : measured.rows());
        List<Warning> warnings = new ArrayList<>();
        Optional<Curve> curve = curve(merged, measured.lossAtStepZero(), warnings);
        if (steps > 0) {
            Warnings.horizon(settings.memory(), steps).ifPresent(warnings::add);
        }
        List<Point> points = points(losses(merged), steps);
        return curve.map(known -> answer(known, measured, settings, steps, warnings, points))
                .orElseGet(() -> nothing(warnings, points));
    }

    private static Optional<Curve> curve(
            Map<LearningRate, SeedPairs.Merged> merged, Optional<Double> lossAtStepZero, List<Warning> warnings) {
        List<Sample> samples = new ArrayList<>();
        List<LearningRate> gaps = new ArrayList<>();
        merged.forEach((rate, trials) -> {
            Double loss = trials.loss();
            if (!rate.isBaseline() && loss != null) {
                samples.add(new Sample(rate, loss, trials.trials()));
            } else if (!rate.isBaseline()) {
                gaps.add(rate);
            }
        });
        Optional<Double> baseline =
                Optional.ofNullable(losses(merged).get(LearningRate.BASELINE)).or(() -> lossAtStepZero);
        if (baseline.isEmpty() && !samples.isEmpty()) {
            warnings.add(CurveWarnings.noBaseline(samples.get(0)));
            baseline = Optional.of(samples.get(0).loss());
        }
        return baseline.filter(loss -> !samples.isEmpty()).map(loss -> new Curve(loss, samples, gaps));
    }

    private static Map<LearningRate, @Nullable Double> losses(Map<LearningRate, SeedPairs.Merged> merged) {
        Map<LearningRate, @Nullable Double> losses = new TreeMap<>();
        merged.forEach((rate, trials) -> losses.put(rate, trials.loss()));
        return losses;
    }

    private static Answer answer(
            Curve curve,
            MeasuredCurve measured,
            AnalysisSettings settings,
            int steps,
            List<Warning> warnings,
            List<Point> points) {
        Refinement refinement = Refinement.of(plan(curve, settings), curve);
        warnings.addAll(CurveWarnings.of(refinement));
        Optional<Middle> middle = Middle.of(refinement.estimate(), settings.memory(), steps);
        middle.flatMap(known ->
                        measured.halfway(steps, curve.baselineLoss()).warning(known, settings.thresholdDecades()))
                .ifPresent(warnings::add);
        Selections selections = new Selections(refinement);
        List<Advice> advised = Advice.of(refinement.points(), middle);
        String method = settings.method();
        if (method != null && !advised.isEmpty()) {
            advised = Advice.of(selections, method);
            if (advised.isEmpty()) {
                warnings.add(CurveWarnings.noRate(method));
            }
        }
        Recommendation recommendation = Recommendation.of(curve, advised, outcomes(points, steps), 1);
        warnings.addAll(recommendation.warnings());
        SearchState state = state(refinement, recommendation);
        if (state == SearchState.BUDGET_SPENT) {
            warnings.add(Warnings.tooCoarse(refinement));
        }
        Advice advice = null;
        Confirmation confirmation = null;
        if (state != SearchState.UNRELIABLE && recommendation instanceof Recommendation.Confirmed confirmed) {
            advice = confirmed.advice();
            confirmation = new Confirmation(confirmed.loss(), steps);
        } else if (state != SearchState.UNRELIABLE && recommendation instanceof Recommendation.Unmeasured unmeasured) {
            advice = unmeasured.advice();
        }
        return new Answer(
                state,
                curve.baselineLoss(),
                selections.window(),
                advice == null ? null : (Double) advice.rate().value(),
                confirmation,
                advice == null ? null : advice.method(),
                selections.all(),
                selections.pointsOfInterest(),
                selections.otherReading(),
                warnings,
                points,
                null,
                null);
    }

    private static Map<LearningRate, Outcome> outcomes(List<Point> points, int steps) {
        Map<LearningRate, Outcome> outcomes = new HashMap<>();
        for (Point point : points) {
            Double loss = point.loss();
            outcomes.put(
                    LearningRate.of(point.learningRate()),
                    loss == null
                            ? new Outcome.Diverged(Math.max(1, steps), List.of())
                            : new Outcome.Measured(loss, List.of()));
        }
        return outcomes;
    }

    private static SearchState state(Refinement refinement, Recommendation recommendation) {
        if (recommendation instanceof Recommendation.None || refinement.edge().isPresent()) {
            return SearchState.UNRELIABLE;
        }
        boolean bracketed = refinement.refinedPoints().allMatch(refinement::isBracketed);
        return bracketed ? SearchState.FOUND : SearchState.BUDGET_SPENT;
    }

    private static SearchPlan plan(Curve curve, AnalysisSettings settings) {
        return new SearchPlan(
                curve.probedRates().first().value(),
                curve.probedRates().last().value(),
                STEP_DECADES,
                settings.thresholdDecades(),
                new SearchPlan.Budget(curve.probedRates().size()),
                SearchPlan.Refinement.ADAPTIVE,
                settings.reading(),
                false);
    }

    private static Answer nothing(List<Warning> warnings, List<Point> points) {
        int diverged = (int) points.stream()
                .filter(point -> point.outcome() == Status.DIVERGED && point.learningRate() > 0)
                .count();
        warnings.add(CurveWarnings.noCurve(diverged));
        return Answer.none(SearchState.UNRELIABLE, warnings, points, null);
    }

    private static List<Point> points(Map<LearningRate, @Nullable Double> losses, int steps) {
        List<Point> points = new ArrayList<>();
        losses.forEach((rate, loss) -> points.add(new Point(
                rate.value(),
                loss,
                loss == null ? Status.DIVERGED : Status.MEASURED,
                rate.isBaseline() ? 0 : 1,
                0,
                steps,
                null,
                null)));
        return points;
    }
}
