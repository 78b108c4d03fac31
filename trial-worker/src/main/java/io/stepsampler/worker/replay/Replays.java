package io.stepsampler.worker.replay;

import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trials that replay curves. Those read last are kept, as a search has dozens of trials of the same. */
public final class Replays {

    private static final int KEPT = 16;

    private final Map<Content, ReplayCurve> curves = new LinkedHashMap<>(KEPT, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, ReplayCurve> eldest) {
            return size() > KEPT;
        }
    };

    /** What a curve follows from. */
    private record Content(String digest, int steps) {}

    /** @param steps of the trial */
    public synchronized ReplayTrial of(CheckpointFile file, int steps) throws Refusal {
        Content content = new Content(file.digest(), steps);
        ReplayCurve known = curves.get(content);
        if (known == null) {
            known = ReplayCurve.parse(file, steps);
            curves.put(content, known);
        }
        return new ReplayTrial(known, steps);
    }
}
