package io.stepsampler.coordinator.security;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;

/** What a bearer token proves. */
sealed interface Authentication {

    record Accepted(Caller caller, Credential credential) implements Authentication {}

    /** {@code reason}: one sentence that holds nothing of the token. */
    record Refused(String reason) implements Authentication {}

    /** The token cannot be checked now. */
    record Unknown(String reason) implements Authentication {}
}
