package io.stepsampler.worker.training;

import java.nio.file.Path;
import java.util.List;

/**
 * What a deployment sets for every trial.
 *
 * @param threads of each operation
 * @param roots folders below which searches may name files
 */
public record TrialSettings(int threads, List<Path> roots, TorchScriptPolicy torchScript) {

    public TrialSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("stepsampler.threads is " + threads + "; it must be at least 1");
        }
        roots = List.copyOf(roots);
    }
}
