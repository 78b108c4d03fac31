package io.stepsampler.coordinator.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who sent the request that is being answered. */
@RequestScoped
public class CurrentCaller {

    static final String CALLER = "caller";
    static final String CREDENTIAL = "credential";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public Caller get() {
        return attribute(CALLER, Caller.class);
    }

    /** What the caller has shown: for what lasts longer than the request. */
    public Credential credential() {
        return attribute(CREDENTIAL, Credential.class);
    }

    /** Empty where nobody said who calls. */
    public static Optional<Caller> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(CALLER));
    }

    public String team() {
        return get().team();
    }

    private <T> T attribute(String name, Class<T> type) {
        Object value = identity.getAttribute(name);
        if (value == null) {
            throw new IllegalStateException("a request without a caller reached a resource that asks who it is");
        }
        return type.cast(value);
    }
}
