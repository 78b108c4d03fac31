package io.stepsampler.worker.replay;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * A trial whose losses are read from a curve. The loss of a step is the curve's before it; where the file does not tell
 * that, it lies on a straight line from the baseline to the trial's loss.
 */
public final class ReplayTrial {

    private final ReplayCurve curve;
    private final int steps;

    ReplayTrial(ReplayCurve curve, int steps) {
        this.curve = curve;
        this.steps = steps;
    }

    /** @param rates the learning rate of each step, counted from 1; the last one's loss is the trial's */
    public Outcome run(IntToDoubleFunction rates) {
        List<Double> stepLosses = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double rate = rates.applyAsDouble(step);
            Optional<Double> loss = lossOf(step, rate);
            if (loss.isEmpty() || curve.hasDivergedBy(step, rate)) {
                return new Diverged(step, stepLosses);
            }
            stepLosses.add(loss.get());
        }
        return curve.loss(rates.applyAsDouble(steps))
                .<Outcome>map(loss -> new Measured(loss, stepLosses))
                .orElseGet(() -> new Diverged(steps, stepLosses));
    }

    private Optional<Double> lossOf(int step, double rate) {
        return curve.lossAfter(step - 1, rate).or(() -> curve.loss(rate).map(loss -> onTheWay(loss, step)));
    }

    private double onTheWay(double loss, int step) {
        double baseline = curve.loss(0).orElse(loss);
        return baseline + (loss - baseline) * (step - 1) / steps;
    }
}
