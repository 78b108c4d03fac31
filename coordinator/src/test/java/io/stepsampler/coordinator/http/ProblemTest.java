package io.stepsampler.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static final List<Refusal> REFUSALS = List.of(new Refusal("pool", "gpu", "allowed: default"));

    /** As RFC 9457 wants it of the type about:blank. */
    @Test
    void theTitleIsTheStatusInWords() {
        assertThat(Stream.of(
                        Problem.refusedParameters(REFUSALS),
                        Problem.unauthorized("unknown"),
                        Problem.forbidden("not yours"),
                        Problem.notFound("search", "7"),
                        Problem.conflict("it is over"),
                        Problem.tooMany("slow down"),
                        Problem.unavailable("not now"),
                        Problem.ofStatus(Response.Status.METHOD_NOT_ALLOWED)))
                .allSatisfy(problem -> assertThat(problem.title())
                        .isEqualTo(HttpResponseStatus.valueOf(problem.status()).reasonPhrase()))
                .extracting(Problem::type)
                .containsOnly("about:blank");
        assertThat(Problem.refused(REFUSALS).title()).isEqualTo("Unprocessable Content");
        assertThat(Problem.notFound("search", "7").detail()).isEqualTo("there is no search 7");
    }

    @Test
    void aRequestThatMayBeAnsweredLaterIsToldWhen() {
        Response answer = Problem.tooMany("slow down").response(Duration.ofSeconds(3));

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("3");
    }
}
