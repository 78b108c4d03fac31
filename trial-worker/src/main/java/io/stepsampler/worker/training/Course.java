package io.stepsampler.worker.training;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a trial while it runs. */
final class Course {

    private final long startedNanos = System.nanoTime();
    private int stepsTaken;
    private @Nullable String checkpointDigest;
    private @Nullable String batchesDigest;
    private @Nullable String validationDigest;
    private List<Warning> warnings = List.of();

    void knows(PreparedSearch search) {
        checkpointDigest = search.checkpoint().digest();
        batchesDigest = search.batchesDigest();
        validationDigest = search.validationDigest();
        warnings = search.checkpoint().warnings();
    }

    void knowsCheckpoint(String digest) {
        checkpointDigest = digest;
    }

    void took(int steps) {
        stepsTaken = steps;
    }

    TrialResult result(Outcome outcome, Arithmetic arithmetic) {
        double deviceSeconds = (System.nanoTime() - startedNanos) / 1e9;
        return new TrialResult(outcome, new Cost(stepsTaken, deviceSeconds), conditions(arithmetic));
    }

    Conditions conditions(Arithmetic arithmetic) {
        return new Conditions(
                arithmetic.device(),
                arithmetic.threads(),
                arithmetic.versions(),
                checkpointDigest,
                batchesDigest,
                validationDigest,
                warnings);
    }
}
