package io.stepsampler.bench;

import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import java.nio.file.Path;
import java.util.List;

/** A worker that reads everything, as the local mode's does. */
final class BenchSettings {

    private BenchSettings() {}

    static TrialSettings trials(int threads) {
        return new TrialSettings(threads, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED);
    }
}
