package io.stepsampler.coordinator.security;

import io.stepsampler.coordinator.identity.Caller;

/** What a bearer token proves. */
sealed interface Authentication {

    record Accepted(Caller caller) implements Authentication {}

    /** {@code reason}: one sentence that holds nothing of the token. */
    record Refused(String reason) implements Authentication {}

    /** The token cannot be checked now. */
    record Unknown(String reason) implements Authentication {}
}
