package io.stepsampler.worker.messaging;

import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** What the deployment sets for every trial. */
public final class TrialConfiguration {

    private TrialConfiguration() {}

    /** @throws IllegalArgumentException where a key is missing or wrong; it never holds a secret */
    public static TrialSettings read(Config config) {
        return new TrialSettings(
                config.getValue("stepsampler.threads", Integer.class),
                SourceConfiguration.read(config),
                torchScript(config));
    }

    private static TorchScriptPolicy torchScript(Config config) {
        return new TorchScriptPolicy(
                config.getValue("stepsampler.torchscript-allowed", Boolean.class),
                Set.copyOf(config.getOptionalValues("stepsampler.torchscript-teams", String.class)
                        .orElse(List.of())));
    }
}
