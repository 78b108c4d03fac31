package io.stepsampler.worker.training;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import io.stepsampler.messages.TrialReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a trial while it runs. */
final class Course {

    private final long startedNanos = System.nanoTime();
    private int stepsTaken;
    private @Nullable String checkpointDigest;
    private @Nullable String configurationDigest;
    private @Nullable String batchesDigest;
    private @Nullable String validationDigest;
    private List<Warning> warnings = List.of();
    private @Nullable TrialReference reusedFrom;

    void knows(PreparedSearch search) {
        checkpointDigest = search.checkpointDigest();
        configurationDigest = search.checkpoint().configurationDigest();
        batchesDigest = search.batchesDigest();
        validationDigest = search.validationDigest();
        warnings = search.checkpoint().warnings();
    }

    void knowsCheckpoint(String digest) {
        checkpointDigest = digest;
    }

    /** The outcome of an earlier trial, if one of them was run under the same conditions as are known now. */
    Optional<Outcome> takesOver(List<FormerTrial> formerTrials, Arithmetic arithmetic) {
        Optional<FormerTrial> former = Reuse.of(formerTrials, conditions(arithmetic));
        former.ifPresent(same -> reusedFrom = same.trial());
        return former.map(FormerTrial::outcome);
    }

    void took(int steps) {
        stepsTaken = steps;
    }

    TrialResult result(Outcome outcome, Arithmetic arithmetic) {
        double deviceSeconds = (System.nanoTime() - startedNanos) / 1e9;
        return new TrialResult(outcome, new Cost(stepsTaken, deviceSeconds), conditions(arithmetic), reusedFrom);
    }

    Conditions conditions(Arithmetic arithmetic) {
        return new Conditions(
                arithmetic.device(),
                arithmetic.threads(),
                arithmetic.versions(),
                checkpointDigest,
                configurationDigest,
                batchesDigest,
                validationDigest,
                warnings);
    }
}
