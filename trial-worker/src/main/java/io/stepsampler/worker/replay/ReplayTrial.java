package io.stepsampler.worker.replay;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

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

    public Outcome run(double learningRate) {
        return curve.loss(learningRate)
                .<Outcome>map(loss -> new Measured(loss, stepLosses(loss)))
                .orElseGet(() -> new Diverged(1, List.of()));
    }

    private List<Double> stepLosses(double loss) {
        double baseline = Objects.requireNonNull(curve.loss(0).orElse(loss));
        return IntStream.range(0, steps)
                .mapToObj(step -> baseline + (loss - baseline) * step / steps)
                .toList();
    }
}
