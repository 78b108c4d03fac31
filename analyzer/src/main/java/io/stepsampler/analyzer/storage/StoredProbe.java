package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.attempts.Attempts;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Trial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A probe, what was tried for it, and how its trial ended, once it has. */
public record StoredProbe(UUID probeId, PlannedProbe probe, Attempts attempts, TrialEvent.@Nullable Finished finished) {

    public Trial trial() {
        return finished == null
                ? new Trial(probe, null)
                : new Trial(probe, finished.outcome(), finished.reusedFrom() != null);
    }
}
