package io.stepsampler.coordinator.security;

import java.time.Duration;

/** A token cannot be checked, as its issuer cannot be asked for its keys: nobody can say whether it is good. */
public final class IssuerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    IssuerUnavailable(String reason) {
        super(reason);
    }

    /** When it may be different. */
    public Duration retryAfter() {
        return IssuerKeys.PAUSE;
    }
}
