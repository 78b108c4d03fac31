package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.attempts.Attempts;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Trial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A probe, what was tried for it, and how its trial ended, once it has. */
public record StoredProbe(
        UUID probeId, PlannedProbe probe, ProbeState state, Attempts attempts, TrialEvent.@Nullable Finished finished) {

    static StoredProbe planned(UUID probeId, PlannedProbe probe) {
        return new StoredProbe(probeId, probe, ProbeState.PLANNED, new Attempts(1, 0), null);
    }

    public Trial trial() {
        return finished == null
                ? new Trial(probe, null)
                : new Trial(probe, finished.outcome(), finished.reusedFrom() != null);
    }

    StoredProbe begun() {
        Attempts more = new Attempts(attempts.issues(), attempts.starts() + 1);
        return new StoredProbe(probeId, probe, ProbeState.STARTED, more, null);
    }

    StoredProbe issuedAgain() {
        Attempts more = new Attempts(attempts.issues() + 1, attempts.starts());
        return new StoredProbe(probeId, probe, ProbeState.PLANNED, more, null);
    }

    StoredProbe ended(TrialEvent.Finished end) {
        return new StoredProbe(probeId, probe, ProbeState.ENDED, attempts, end);
    }
}
