package io.stepsampler.coordinator.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.stepsampler.coordinator.identity.Caller;
import jakarta.enterprise.context.RequestScoped;

/** Who sent the request that is being answered. */
@RequestScoped
public class CurrentCaller {

    static final String ATTRIBUTE = "caller";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public Caller get() {
        Caller caller = identity.getAttribute(ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("a request without a caller reached a resource that asks who it is");
        }
        return caller;
    }

    public String team() {
        return get().team();
    }
}
