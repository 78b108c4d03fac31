package io.stepsampler.coordinator.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The headers of a signed request: {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}.
 *
 * <p>A signature is {@code v1,} and, in base64, HMAC-SHA256(key, "id.timestamp.body"), the timestamp in seconds. While a
 * secret is changed there is one for each, with a space between. Standard Webhooks 1.0.0,
 * github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */
public final class SignedHeaders {

    private SignedHeaders() {}

    /**
     * @param secrets all that the receiver may know
     * @param id the same however often the event is sent
     * @param at of this attempt
     */
    public static Map<String, String> of(List<SigningSecret> secrets, String id, Instant at, String body) {
        String timestamp = Long.toString(at.getEpochSecond());
        String signed = id + "." + timestamp + "." + body;
        String signatures = secrets.stream()
                .map(secret -> "v1," + secret.signatureOf(signed))
                .collect(Collectors.joining(" "));
        return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signatures);
    }
}
