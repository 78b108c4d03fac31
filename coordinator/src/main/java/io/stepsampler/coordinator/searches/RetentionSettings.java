package io.stepsampler.coordinator.searches;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long this deployment keeps what nobody waits for any more. */
@ConfigMapping(prefix = "stepsampler.retention")
public interface RetentionSettings {

    /** Trials with the loss of each step, after the end of their search. */
    @WithDefault("P90D")
    Duration trials();
}
