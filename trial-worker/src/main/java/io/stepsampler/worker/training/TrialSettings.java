package io.stepsampler.worker.training;

import io.stepsampler.worker.input.SourceSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a deployment sets for every trial.
 *
 * @param threads of each operation
 * @param sources where searches may take their files from
 */
public record TrialSettings(int threads, SourceSettings sources, TorchScriptPolicy torchScript) {

    public TrialSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("stepsampler.threads is " + threads + "; it must be at least 1");
        }
    }

    /** @param roots folders below which searches may name files; nothing is read from elsewhere */
    public TrialSettings(int threads, List<Path> roots, TorchScriptPolicy torchScript) {
        this(threads, SourceSettings.ofFiles(roots), torchScript);
    }
}
