package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 wants it.
 *
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

    private static final int UNPROCESSABLE = 422;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    static Problem refused(List<Refusal> refusals) {
        return refused("The search file was refused", UNPROCESSABLE, refusals);
    }

    static Problem refusedParameters(List<Refusal> refusals) {
        return refused("The request's parameters were refused", BAD_REQUEST, refusals);
    }

    static Problem refusedBody(List<Refusal> refusals) {
        return refused("The request's body was refused", UNPROCESSABLE, refusals);
    }

    private static Problem refused(String title, int status, List<Refusal> refusals) {
        Refusal first = refusals.get(0);
        return new Problem(
                "about:blank", title, status, first.sentence(), first.key(), first.value(), first.allowed(), refusals);
    }

    static Problem conflict(String detail) {
        return plain("Not in this state", CONFLICT, detail);
    }

    static Problem unauthorized(String detail) {
        return plain("Who calls is not known", UNAUTHORIZED, detail);
    }

    static Problem forbidden(String detail) {
        return plain("Not allowed", FORBIDDEN, detail);
    }

    static Problem tooMany(String detail) {
        return plain("Too many", TOO_MANY, detail);
    }

    static Problem unavailable(String detail) {
        return plain("Not now", UNAVAILABLE, detail);
    }

    /** @param kind such as search */
    static Problem notFound(String kind, String name) {
        return plain("No such " + kind, NOT_FOUND, "there is no " + kind + " " + name);
    }

    /** @param seconds after which it may be tried again */
    static Response tooMany(String detail, int seconds) {
        return Response.fromResponse(plain("Too much at once", TOO_MANY, detail).response())
                .header("Retry-After", seconds)
                .build();
    }

    /** What the framework answers by itself. */
    static Problem ofStatus(Response.StatusType status) {
        String title = status.getReasonPhrase();
        return plain(title, status.getStatusCode(), "the request cannot be answered: " + title);
    }

    private static Problem plain(String title, int status, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null, List.of());
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
