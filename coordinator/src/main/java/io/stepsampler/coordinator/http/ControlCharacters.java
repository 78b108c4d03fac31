package io.stepsampler.coordinator.http;

import io.stepsampler.messages.json.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** No name has characters that cannot be seen, and the database cannot hold U+0000. */
@Singleton
class ControlCharacters {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Of a parameter, before it is looked for. */
    @ServerRequestFilter
    @Nullable
    Response refuse(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        if (uri.getPathParameters().values().stream().flatMap(List::stream).anyMatch(ControlCharacters::isIn)) {
            return Problem.ofStatus(Response.Status.NOT_FOUND).response();
        }
        List<Refusal> refusals = uri.getQueryParameters().entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream()
                        .filter(ControlCharacters::isIn)
                        .map(value -> refusal(parameter.getKey(), value)))
                .toList();
        return refusals.isEmpty() ? null : Problem.refusedParameters(refusals).response();
    }

    static boolean isIn(String text) {
        return CONTROL.matcher(text).find();
    }

    static Refusal refusal(String key, String value) {
        return new Refusal(
                key, CONTROL.matcher(value).replaceAll("?"), "must hold no control characters, here shown as ?");
    }
}
