package io.stepsampler.worker.training;

import io.stepsampler.messages.Probe;
import java.io.IOException;
import java.util.Optional;

/** Runs one trial at a time: in this process, or in one of its own. */
@FunctionalInterface
public interface TrialRunner {

    /** Empty when the trial was told to stop. */
    Optional<TrialResult> run(Probe probe, Cancellation cancellation) throws IOException, InterruptedException;
}
