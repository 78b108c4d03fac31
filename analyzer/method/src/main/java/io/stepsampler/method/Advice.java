package io.stepsampler.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rate that may be recommended.
 *
 * @param method how it was chosen, as a name in a sentence
 */
record Advice(LearningRate rate, String method) {

    private static final double SMALLEST_LOWERING_DECADES = 0.005;

    /**
     * The best first.
     *
     * <p>The paper's middle of the window is between the knee and the lowest loss. On a flat valley floor noise chooses the
     * lowest loss, and with momentum the first steps are slower than those to come. So the middle is taken to the end of
     * the floor, and lowered by what the optimizer's start holds back. The paper's three methods come after it.
     */
    static List<Advice> of(CurveEstimate estimate, Optional<Memory> memory, int steps) {
        PointsOfInterest points = estimate.points();
        List<Advice> advice = new ArrayList<>();
        Optional<LearningRate> knee = points.find(CurvePoint.KNEE);
        if (knee.isEmpty()) {
            return List.of();
        }
        estimate.floorEnd().ifPresent(end -> advice.add(middle(knee.get(), end, memory, steps)));
        for (CurvePoint point : List.of(CurvePoint.LOG_MIDPOINT, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            points.find(point).ifPresent(rate -> advice.add(new Advice(rate, "the rate of " + point.label())));
        }
        return List.copyOf(advice);
    }

    private static Advice middle(LearningRate knee, LearningRate end, Optional<Memory> memory, int steps) {
        double lowered =
                steps > 0 ? memory.map(known -> known.slowStartDecades(steps)).orElse(0.0) : 0;
        LearningRate rate = LearningRate.ofExponent((knee.exponent() + end.exponent()) / 2 - lowered);
        String method = "the middle between the knee and the end of the valley floor, " + Numbers.rate(end.value());
        return new Advice(
                rate,
                lowered < SMALLEST_LOWERING_DECADES
                        ? method
                        : method + ", " + String.format(Locale.ROOT, "%.2f", lowered)
                                + " decades lower for momentum's slow start");
    }
}
