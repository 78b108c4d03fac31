package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 wants it.
 *
 * @param title the status in words, as the type says no more
 * @param detail one sentence
 * @param key the first key at fault, as a path in the search file, or the first parameter
 * @param refusals everything that is wrong with a search file or with parameters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String key,
        @Nullable String value,
        @Nullable String allowed,
        List<Refusal> refusals) {

    static final String CONTENT_TYPE = "application/problem+json";

    static Problem refused(List<Refusal> refusals) {
        return refused(422, "Unprocessable Content", refusals);
    }

    static Problem refusedParameters(List<Refusal> refusals) {
        return refused(Status.BAD_REQUEST.getStatusCode(), Status.BAD_REQUEST.getReasonPhrase(), refusals);
    }

    private static Problem refused(int status, String title, List<Refusal> refusals) {
        Refusal first = refusals.get(0);
        return new Problem(
                "about:blank", title, status, first.sentence(), first.key(), first.value(), first.allowed(), refusals);
    }

    static Problem conflict(String detail) {
        return plain(Status.CONFLICT, detail);
    }

    static Problem unauthorized(String detail) {
        return plain(Status.UNAUTHORIZED, detail);
    }

    static Problem forbidden(String detail) {
        return plain(Status.FORBIDDEN, detail);
    }

    static Problem tooMany(String detail) {
        return plain(Status.TOO_MANY_REQUESTS, detail);
    }

    static Problem unavailable(String detail) {
        return plain(Status.SERVICE_UNAVAILABLE, detail);
    }

    /** @param kind such as search */
    static Problem notFound(String kind, String name) {
        return plain(Status.NOT_FOUND, "there is no " + kind + " " + name);
    }

    /** What the framework answers by itself. */
    static Problem ofStatus(Response.StatusType status) {
        return plain(status, "the request cannot be answered: " + status.getReasonPhrase());
    }

    private static Problem plain(Response.StatusType status, String detail) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, null, null, null, List.of());
    }

    Response response() {
        return Response.status(status)
                .type(CONTENT_TYPE)
                .entity(MessageJson.write(this))
                .build();
    }

    /** @param retryAfter when the same request may be answered otherwise */
    Response response(Duration retryAfter) {
        return Response.fromResponse(response())
                .header("Retry-After", retryAfter.toSeconds())
                .build();
    }
}
