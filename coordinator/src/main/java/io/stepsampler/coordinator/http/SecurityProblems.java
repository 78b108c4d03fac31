package io.stepsampler.coordinator.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.IssuerUnavailable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Requests of callers that are not known, or may not do what they ask for. */
class SecurityProblems {

    private final SecurityIdentity identity;

    SecurityProblems(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerExceptionMapper
    Response noToken(UnauthorizedException missing) {
        return unauthorized("send an API key or a token of a known issuer as Authorization: Bearer …");
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException failed) {
        return unauthorized(String.valueOf(failed.getMessage()));
    }

    @ServerExceptionMapper
    Response noKeys(IssuerUnavailable unavailable) {
        return Problem.unavailable(String.valueOf(unavailable.getMessage())).response(unavailable.retryAfter());
    }

    @ServerExceptionMapper
    Response notAllowed(ForbiddenException forbidden, ResourceInfo asked) {
        String role = Arrays.stream(Role.values())
                .filter(known -> identity.hasRole(known.label()))
                .max(Comparator.naturalOrder())
                .map(Role::label)
                .orElse("of nobody");
        return Problem.forbidden("the role " + role + " may not do this; allowed: " + String.join(", ", allowed(asked)))
                .response();
    }

    private static List<String> allowed(ResourceInfo asked) {
        RolesAllowed ofMethod = asked.getResourceMethod().getAnnotation(RolesAllowed.class);
        RolesAllowed least =
                ofMethod != null ? ofMethod : asked.getResourceClass().getAnnotation(RolesAllowed.class);
        return Arrays.stream(Role.values())
                .filter(role -> least != null && Arrays.stream(least.value()).anyMatch(role.included()::contains))
                .map(Role::label)
                .toList();
    }

    private static Response unauthorized(String detail) {
        return Response.fromResponse(Problem.unauthorized(detail).response())
                .header("WWW-Authenticate", "Bearer")
                .build();
    }
}
