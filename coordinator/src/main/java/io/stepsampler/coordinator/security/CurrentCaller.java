package io.stepsampler.coordinator.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.stepsampler.coordinator.identity.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who sent the request that is being answered. */
@RequestScoped
public class CurrentCaller {

    static final String ATTRIBUTE = "caller";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public Caller get() {
        return of(identity)
                .orElseThrow(() ->
                        new IllegalStateException("a request without a caller reached a resource that asks who it is"));
    }

    /** Empty where nobody said who calls. */
    public static Optional<Caller> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    public String team() {
        return get().team();
    }
}
