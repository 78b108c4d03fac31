package io.stepsampler.method;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a planned probe into the message that a worker is sent. */
public final class ProbeMessages {

    private ProbeMessages() {}

    public static Probe firstIssue(Search search, PlannedProbe planned, List<Trial> history) {
        return issue(search, planned, history, 1, false);
    }

    /** @param suspect whether an earlier trial of this probe ended without a word */
    public static Probe furtherIssue(
            Search search, PlannedProbe planned, List<Trial> history, int attempt, boolean suspect) {
        return issue(search, planned, history, attempt, suspect);
    }

    /** The same probe with trials that may have answered it before, as many of the first as a message holds. */
    public static Probe knowing(Probe probe, List<FormerTrial> formerTrials) {
        List<FormerTrial> told = new ArrayList<>();
        int stepLosses = 0;
        for (FormerTrial former : formerTrials) {
            stepLosses += stepLosses(former.outcome());
            if (stepLosses <= Outcome.MOST_STEP_LOSSES) {
                told.add(former);
            }
        }
        return probe.knowing(told);
    }

    private static int stepLosses(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return measured.stepLosses().size();
        }
        return outcome instanceof Outcome.Diverged diverged
                ? diverged.stepLosses().size()
                : 0;
    }

    private static Probe issue(Search search, PlannedProbe planned, List<Trial> history, int attempt, boolean suspect) {
        SearchSpecification specification = search.specification();
        ProbeKind kind = planned.kind(specification.search());
        return new Probe(
                ProbeIdentity.of(search.searchId(), kind, planned.seed(), planned.steps()),
                search.searchId(),
                search.team(),
                specification.pool(),
                kind,
                planned.round(),
                planned.seed(),
                planned.steps(),
                attempt,
                suspect,
                baselineLossScale(history),
                specification.model(),
                specification.data(),
                specification.training());
    }

    /** The largest absolute training loss of the baseline: divergence is judged against it. */
    private static @Nullable Double baselineLossScale(List<Trial> history) {
        for (Trial trial : history) {
            if (trial.serves(Purpose.BASELINE) && trial.outcome() instanceof Outcome.Measured measured) {
                return measured.stepLosses().stream()
                        .mapToDouble(Math::abs)
                        .max()
                        .orElse(Math.abs(measured.loss()));
            }
        }
        return null;
    }
}
