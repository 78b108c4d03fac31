package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The first of the three selected rates that holds when its own loss is measured. */
sealed interface Recommendation {

    List<Warning> warnings();

    record Confirmed(LearningRate rate, double loss, List<Warning> warnings) implements Recommendation {}

    /** The rate has to be probed before it can be recommended. */
    record Unmeasured(LearningRate rate, List<Warning> warnings) implements Recommendation {}

    record None(List<Warning> warnings) implements Recommendation {}

    /** A confirmed rate may lose this share of the whole fall against its worse neighbour; noise is far below it. */
    double ALLOWED_EXCESS = 0.2;

    /**
     * @param confirmations outcomes of probes at selected rates that the curve has no sample at
     * @param probesLeft how many more the budget allows; without any, rates that are not measured are passed over
     */
    static Recommendation of(
            Curve curve, PointsOfInterest points, Map<LearningRate, Outcome> confirmations, int probesLeft) {
        List<Warning> warnings = new ArrayList<>();
        for (CurvePoint method : List.of(CurvePoint.LOG_MIDPOINT, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            Optional<LearningRate> selected = points.find(method);
            if (selected.isEmpty()) {
                continue;
            }
            LearningRate rate = selected.get();
            Optional<Outcome> outcome = curve.sampleAt(rate)
                    .<Outcome>map(sample -> new Outcome.Measured(sample.loss(), List.of()))
                    .or(() -> Optional.ofNullable(confirmations.get(rate)));
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
        return worseNeighbour + ALLOWED_EXCESS * curve.fall();
    }
}
