package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Trial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A probe and how its trial ended, once it has.
 *
 * @param issues how often it was sent
 * @param starts how many trials of it began
 */
public record StoredProbe(
        UUID probeId, PlannedProbe probe, int issues, int starts, TrialEvent.@Nullable Finished finished) {

    public Trial trial() {
        return new Trial(probe, finished == null ? null : finished.outcome());
    }
}
