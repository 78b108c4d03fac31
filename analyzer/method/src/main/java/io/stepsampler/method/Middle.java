package io.stepsampler.method;

import java.util.Locale;
import java.util.Optional;

/**
 * The middle between the knee and the end of the valley floor, both as they will be in the long run.
 *
 * <p>The paper's middle of the window is between the knee and the lowest loss. On a flat floor noise chooses the lowest
 * loss, and with momentum the first steps are slower than those to come: the knee is set by the way of all steps, the end
 * of the floor by the speed of the last one.
 *
 * @param kneeSteps of the trials that show the knee
 * @param floorSteps of those that show the end of the floor
 */
record Middle(LearningRate knee, int kneeSteps, LearningRate floorEnd, int floorSteps, Optional<Memory> memory) {

    private static final double SMALLEST_LOWERING_DECADES = 0.005;

    static Optional<Middle> of(CurveEstimate estimate, Optional<Memory> memory, int steps) {
        Optional<LearningRate> knee = estimate.points().find(CurvePoint.KNEE);
        return estimate.floorEnd()
                .filter(end -> knee.isPresent())
                .map(end -> new Middle(knee.orElseThrow(), steps, end, steps, memory));
    }

    Middle withFloorEnd(LearningRate end, int steps) {
        return new Middle(knee, kneeSteps, end, steps, memory);
    }

    LearningRate rate() {
        return LearningRate.ofExponent((knee.exponent() + floorEnd.exponent()) / 2 - loweringDecades());
    }

    /** log10 of where the knee will be after so many steps: where their way is as long as that of those that show it. */
    double kneeAfter(int steps) {
        double slower = memory.map(known -> known.wayDecades(kneeSteps) - known.wayDecades(steps))
                .orElse(0.0);
        return knee.exponent() - StrictMath.log10((double) steps / kneeSteps) - slower;
    }

    /** How it was chosen, as a name in a sentence. */
    String method() {
        double lowering = loweringDecades();
        return "the middle between the knee and the end of the valley floor, " + Numbers.rate(floorEnd.value())
                + (floorSteps > kneeSteps ? " after " + floorSteps + " steps" : "")
                + (lowering < SMALLEST_LOWERING_DECADES
                        ? ""
                        : String.format(Locale.ROOT, ", %.2f decades lower for momentum's slow start", lowering));
    }

    /** Where the number of steps is not known, nothing. */
    private double loweringDecades() {
        return kneeSteps == 0
                ? 0
                : memory.map(known -> (known.wayDecades(kneeSteps) + known.speedDecades(floorSteps)) / 2)
                        .orElse(0.0);
    }
}
