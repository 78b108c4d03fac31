package io.stepsampler.coordinator.sending;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How events are sent to webhooks. */
@ConfigMapping(prefix = "stepsampler.webhooks")
public interface WebhookSettings {

    /** Whether receivers may be where only this service can reach them, and speak without encryption. */
    @WithDefault("false")
    boolean privateAddresses();

    /** Pauses between an attempt and the next: those that Standard Webhooks gives as an example. */
    @WithDefault("PT5S,PT5M,PT30M,PT2H,PT5H,PT10H,PT14H,PT20H,PT24H")
    List<Duration> pauses();

    /** How long a receiver has to answer. */
    @WithDefault("PT10S")
    Duration timeout();
}
