package io.stepsampler.coordinator.http;

import io.stepsampler.messages.json.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses parameters that a method does not read: who misspells one would take the answer for what was asked. */
@Singleton
class KnownParameters {

    @ServerRequestFilter
    @Nullable
    Response refuse(UriInfo uri, ResourceInfo asked) {
        // documents are fetched by programs that may add what they like
        if (uri.getQueryParameters().isEmpty() || asked.getResourceClass() == DocumentResource.class) {
            return null;
        }
        List<String> known = known(asked.getResourceMethod());
        String allowed = known.isEmpty()
                ? "is not a known parameter; there are none here"
                : "is not a known parameter; allowed: " + String.join(", ", known);
        List<Refusal> refusals = uri.getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Refusal(name, null, allowed))
                .toList();
        return refusals.isEmpty() ? null : Problem.refusedParameters(refusals).response();
    }

    private static List<String> known(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(KnownParameters::places)
                .map(place -> place.getAnnotation(QueryParam.class))
                .flatMap(Stream::ofNullable)
                .map(QueryParam::value)
                .toList();
    }

    /** Where a parameter's names may stand: at itself, or at the fields of the record that gathers several. */
    private static Stream<? extends AnnotatedElement> places(Parameter parameter) {
        return parameter.isAnnotationPresent(BeanParam.class)
                ? Arrays.stream(parameter.getType().getDeclaredFields())
                : Stream.of(parameter);
    }
}
