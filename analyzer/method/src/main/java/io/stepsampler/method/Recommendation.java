package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The best advised rate that holds when its own loss is measured. */
sealed interface Recommendation {

    List<Warning> warnings();

    record Confirmed(Advice advice, double loss, List<Warning> warnings) implements Recommendation {}

    /** The rate has to be probed before it can be recommended. */
    record Unmeasured(Advice advice, List<Warning> warnings) implements Recommendation {}

    record None(List<Warning> warnings) implements Recommendation {}

    /**
     * A confirmed rate may lose this share of the whole fall against its worse neighbour, which noise seldom does, and
     * nothing against the baseline.
     */
    double ALLOWED_EXCESS = 0.2;

    /**
     * @param advised the best first
     * @param outcomes of every rate that was tried, on the curve or to confirm it
     * @param probesLeft how many more the budget allows; without any, rates that are not measured are passed over
     */
    static Recommendation of(Curve curve, List<Advice> advised, Map<LearningRate, Outcome> outcomes, int probesLeft) {
        List<Advice> refused = new ArrayList<>();
        for (Advice advice : advised) {
            Outcome outcome = outcomes.get(advice.rate());
            if (outcome == null && probesLeft > 0) {
                return new Unmeasured(advice, warnings(refused, outcomes, Optional.of(advice)));
            }
            if (outcome instanceof Outcome.Measured measured
                    && measured.loss() <= highestAllowed(curve, advice.rate())) {
                return new Confirmed(advice, measured.loss(), warnings(refused, outcomes, Optional.of(advice)));
            }
            if (outcome != null) {
                refused.add(advice);
            }
        }
        return new None(warnings(refused, outcomes, Optional.empty()));
    }

    private static List<Warning> warnings(
            List<Advice> refused, Map<LearningRate, Outcome> outcomes, Optional<Advice> instead) {
        return refused.stream()
                .map(advice ->
                        Warnings.notConfirmed(advice, Objects.requireNonNull(outcomes.get(advice.rate())), instead))
                .toList();
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
