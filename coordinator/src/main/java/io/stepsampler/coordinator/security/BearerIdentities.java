package io.stepsampler.coordinator.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;

/** A bearer token's caller, as the framework wants it, with every role that is included in the caller's own. */
@ApplicationScoped
public class BearerIdentities implements IdentityProvider<TokenAuthenticationRequest> {

    private final Tokens tokens;

    BearerIdentities(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        String token = request.getToken().getToken();
        return context.runBlocking(() -> identity(tokens.authenticate(token)));
    }

    private static SecurityIdentity identity(Authentication authentication) {
        if (authentication instanceof Authentication.Accepted accepted) {
            return identity(accepted.caller(), accepted.credential());
        }
        if (authentication instanceof Authentication.Unknown unknown) {
            throw new IssuerUnavailable(unknown.reason());
        }
        throw new AuthenticationFailedException(((Authentication.Refused) authentication).reason());
    }

    private static SecurityIdentity identity(Caller caller, Credential credential) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(new HashSet<>(caller.role().included()))
                .addAttribute(CurrentCaller.CALLER, caller)
                .addAttribute(CurrentCaller.CREDENTIAL, credential)
                .build();
    }
}
