package io.stepsampler.coordinator.sending;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.stepsampler.coordinator.webhooks.Reach;
import io.stepsampler.coordinator.webhooks.RetrySchedule;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;

@ApplicationScoped
class WebhookBeans {

    /** Settings {@code quarkus.tls.webhooks.trust-store…}: whose certificates count in place of the platform's. */
    private static final String TLS = "webhooks";

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
