package io.stepsampler.worker.messaging;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Finished;
import io.stepsampler.messages.json.Excerpt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps outcomes to what a message holds: a worker that cannot tell of a trial would run it again and again. */
final class OutcomeSize {

    private static final int MOST_CHARACTERS = 1_000;

    private OutcomeSize() {}

    /** With the losses of the first steps alone where there are too many. */
    static Outcome bounded(Outcome outcome) {
        if (outcome instanceof Measured measured) {
            return new Measured(measured.loss(), first(measured.stepLosses()));
        }
        return outcome instanceof Diverged diverged
                ? new Diverged(diverged.step(), first(diverged.stepLosses()))
                : outcome;
    }

    /** What is told in place of an outcome that Kafka does not take. */
    static Finished refused(Finished finished, int bytes) {
        Conditions conditions = finished.conditions();
        return new Finished(
                finished.probeId(),
                finished.searchId(),
                finished.attempt(),
                finished.workerId(),
                finished.at(),
                refused(finished.outcome(), bytes),
                finished.cost(),
                new Conditions(
                        conditions.device(), conditions.threads(), conditions.versions(), null, null, null, List.of()));
    }

    private static Failed refused(Outcome outcome, int bytes) {
        if (outcome instanceof Failed failed) {
            return new Failed(
                    failed.code(), failed.key(), excerpt(failed.value()), Excerpt.of(failed.text(), MOST_CHARACTERS));
        }
        return new Failed(
                Code.CRASHED, null, null, "the trial's outcome of " + bytes + " bytes is more than Kafka takes");
    }

    private static @Nullable String excerpt(@Nullable String text) {
        return text == null ? null : Excerpt.of(text, MOST_CHARACTERS);
    }

    private static List<Double> first(List<Double> stepLosses) {
        return stepLosses.subList(0, Math.min(stepLosses.size(), Outcome.MOST_STEP_LOSSES));
    }
}
