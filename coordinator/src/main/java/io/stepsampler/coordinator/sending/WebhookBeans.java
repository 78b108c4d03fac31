package io.stepsampler.coordinator.sending;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.stepsampler.coordinator.webhooks.Reach;
import io.stepsampler.coordinator.webhooks.RetrySchedule;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;

@ApplicationScoped
class WebhookBeans {

    /** Settings {@code quarkus.tls.webhooks.trust-store…}: whose certificates count in place of the platform's. */
    private static final String TLS = "webhooks";

    /** A sender holds a webhook for two minutes, and must be done by then. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    void check(@Observes StartupEvent event, WebhookSettings settings) {
        check(settings);
    }

    static void check(WebhookSettings settings) {
        Duration timeout = settings.timeout();
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("stepsampler.webhooks.timeout is " + timeout
                    + "; must be a duration such as PT10S, from " + SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT);
        }
        settings.pauses().stream().filter(Duration::isNegative).findFirst().ifPresent(pause -> {
            throw new IllegalArgumentException("stepsampler.webhooks.pauses has " + pause
                    + "; must be durations such as PT5S,PT5M, from " + Duration.ZERO);
        });
    }

    @Produces
    @Singleton
    Reach reach(WebhookSettings settings) {
        return settings.privateAddresses() ? Reach.ANYWHERE : Reach.PUBLIC;
    }

    @Produces
    @Singleton
    RetrySchedule retrySchedule(WebhookSettings settings) {
        return new RetrySchedule(settings.pauses());
    }

    @Produces
    @Singleton
    WebhookRequests requests(Vertx vertx, WebhookSettings settings, TlsConfigurationRegistry tls) {
        TrustOptions trust =
                tls.get(TLS).map(TlsConfiguration::getTrustStoreOptions).orElse(null);
        return new WebhookRequests(vertx, settings.timeout(), trust);
    }

    @Produces
    @Singleton
    ReceiverAddresses addresses(Reach reach) {
        return new ReceiverAddresses(reach, InetAddress::getAllByName);
    }
}
