package io.stepsampler.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rate that may be recommended.
 *
 * @param method how it was chosen, as a name in a sentence
 */
record Advice(LearningRate rate, String method) {

    /** The best first: ours where the reading has one, then the paper's three methods. */
    static List<Advice> of(PointsOfInterest points, Optional<Middle> middle) {
        List<Advice> advice = new ArrayList<>();
        middle.ifPresent(known -> advice.add(new Advice(known.rate(), known.method())));
        for (CurvePoint point : List.of(CurvePoint.LOG_MIDPOINT, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            points.find(point).ifPresent(rate -> advice.add(new Advice(rate, "the rate of " + point.label())));
        }
        return points.find(CurvePoint.LOG_MIDPOINT).isPresent() ? List.copyOf(advice) : List.of();
    }

    /** The rate of one method alone; nothing where the curve does not give it. */
    static List<Advice> of(Selections selections, String method) {
        return selections.all().stream()
                .filter(selection -> selection.method().equals(method))
                .map(selection -> new Advice(LearningRate.of(selection.learningRate()), "the rate of " + method))
                .toList();
    }
}
