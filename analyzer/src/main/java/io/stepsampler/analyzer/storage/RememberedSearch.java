package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TrialEvent;
import java.util.List;

/** What was read of a search and its probes, or written. */
record RememberedSearch(Search search, List<StoredProbe> probes) {

    /** How many losses it holds, the most of its memory. */
    int losses() {
        return probes.stream().mapToInt(RememberedSearch::losses).sum();
    }

    private static int losses(StoredProbe probe) {
        TrialEvent.Finished finished = probe.finished();
        if (finished == null) {
            return 0;
        }
        if (finished.outcome() instanceof Outcome.Measured measured) {
            return measured.stepLosses().size();
        }
        return finished.outcome() instanceof Outcome.Diverged diverged
                ? diverged.stepLosses().size()
                : 0;
    }
}
