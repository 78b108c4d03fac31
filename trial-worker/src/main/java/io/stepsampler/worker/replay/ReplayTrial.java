package io.stepsampler.worker.replay;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** A trial whose losses are read from a curve: its steps go in a straight line from the baseline to the loss. */
public final class ReplayTrial {

    private final ReplayCurve curve;
    private final int steps;

    private ReplayTrial(ReplayCurve curve, int steps) {
        this.curve = curve;
        this.steps = steps;
    }

    public static ReplayTrial of(CheckpointFile file, int steps) throws Refusal {
        return new ReplayTrial(ReplayCurve.parse(file, steps), steps);
    }

    /** @param rates the learning rate of each step, counted from 1; the last one's loss is the trial's */
    public Outcome run(IntToDoubleFunction rates) {
        List<Double> stepLosses = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            Optional<Double> loss = curve.loss(rates.applyAsDouble(step));
            if (loss.isEmpty()) {
                return new Diverged(step, stepLosses);
            }
            stepLosses.add(onTheWay(loss.get(), step));
        }
        return new Measured(curve.loss(rates.applyAsDouble(steps)).orElseThrow(), stepLosses);
    }

    private double onTheWay(double loss, int step) {
        double baseline = curve.loss(0).orElse(loss);
        return baseline + (loss - baseline) * (step - 1) / steps;
    }
}
