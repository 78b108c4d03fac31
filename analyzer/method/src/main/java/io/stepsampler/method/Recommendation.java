package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The first of the three selected rates that holds when its own loss is measured; none without a whole window. */
sealed interface Recommendation {

    List<Warning> warnings();

    record Confirmed(LearningRate rate, double loss, List<Warning> warnings) implements Recommendation {}

    /** The rate has to be probed before it can be recommended. */
    record Unmeasured(LearningRate rate, List<Warning> warnings) implements Recommendation {}

    record None(List<Warning> warnings) implements Recommendation {}

    /**
     * A confirmed rate may lose this share of the whole fall against its worse neighbour, which noise seldom does, and
     * nothing against the baseline.
     */
    double ALLOWED_EXCESS = 0.2;

    /**
     * @param outcomes of every rate that was tried, on the curve or to confirm it
     * @param probesLeft how many more the budget allows; without any, rates that are not measured are passed over
     */
    static Recommendation of(
            Curve curve, PointsOfInterest points, Map<LearningRate, Outcome> outcomes, int probesLeft) {
        List<Warning> warnings = new ArrayList<>();
        if (points.find(CurvePoint.LOG_MIDPOINT).isEmpty()) {
            return new None(List.of());
        }
        for (CurvePoint method : List.of(CurvePoint.LOG_MIDPOINT, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            Optional<LearningRate> selected = points.find(method);
            if (selected.isEmpty()) {
                continue;
            }
            LearningRate rate = selected.get();
            Optional<Outcome> outcome = Optional.ofNullable(outcomes.get(rate));
            if (outcome.isEmpty() && probesLeft < 1) {
                continue;
            }
            if (outcome.isEmpty()) {
                return new Unmeasured(rate, List.copyOf(warnings));
            }
            if (outcome.get() instanceof Outcome.Measured measured && measured.loss() <= highestAllowed(curve, rate)) {
                return new Confirmed(rate, measured.loss(), List.copyOf(warnings));
            }
            warnings.add(Warnings.notConfirmed(method, rate, outcome.get()));
        }
        return new None(List.copyOf(warnings));
    }

    private static double highestAllowed(Curve curve, LearningRate rate) {
        Stream<Sample> below =
                curve.samples().stream()
                        .filter(sample -> sample.rate().compareTo(rate) < 0)
                        .max(Sample.BY_RATE)
                        .stream();
        Stream<Sample> above =
                curve.samples().stream()
                        .filter(sample -> sample.rate().compareTo(rate) > 0)
                        .min(Sample.BY_RATE)
                        .stream();
        double worseNeighbour =
                Stream.concat(below, above).mapToDouble(curve::cutLoss).max().orElse(curve.baselineLoss());
        return Math.min(curve.baselineLoss(), worseNeighbour + ALLOWED_EXCESS * curve.fall());
    }
}
