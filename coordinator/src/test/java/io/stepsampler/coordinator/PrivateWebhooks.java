package io.stepsampler.coordinator;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Receivers on this machine are allowed, one with a certificate too; what fails is soon sent again, three times. */
public final class PrivateWebhooks implements QuarkusTestProfile {

    static final String TRUST_STORE = "quarkus.tls.webhooks.trust-store.p12.path";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "stepsampler.webhooks.private-addresses",
                "true",
                "stepsampler.webhooks.pauses",
                "PT0.1S,PT0.1S,PT0.1S",
                TRUST_STORE,
                certificate().store().toString(),
                "quarkus.tls.webhooks.trust-store.p12.password",
                TestCertificate.PASSWORD);
    }

    private static TestCertificate certificate() {
        try {
            return TestCertificate.of(
                    "localhost", Files.createTempDirectory("receiver").resolve("localhost.p12"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
