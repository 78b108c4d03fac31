package io.stepsampler.bench;

import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** A worker that reads everything, as the local mode's does. */
final class BenchSettings {

    private BenchSettings() {}

    /** The device, the threads and the versions that a trial ran on. */
    static String describe(Conditions conditions) {
        return "worker: %s, %d thread(s), %s"
                .formatted(conditions.device(), conditions.threads(), new TreeMap<>(conditions.versions()));
    }

    static TrialSettings trials(int threads) {
        return new TrialSettings(threads, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED);
    }
}
