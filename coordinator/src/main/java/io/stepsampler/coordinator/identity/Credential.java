package io.stepsampler.coordinator.identity;

import java.time.Instant;

/** What a caller has shown, without its secret: enough to ask later whether it still holds. */
public sealed interface Credential {

    /** Holds as long as the service that was started with it. */
    record FirstKey() implements Credential {}

    /** Holds until it is revoked or expires. */
    record StoredKey(String keyId) implements Credential {}

    /** Holds until it expires. */
    record Token(Instant expiresAt) implements Credential {}
}
