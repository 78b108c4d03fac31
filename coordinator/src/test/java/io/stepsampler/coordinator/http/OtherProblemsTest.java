package io.stepsampler.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OtherProblemsTest {

    private final OtherProblems problems = new OtherProblems();

    @Test
    void aDatabaseThatIsAwayIsWorthAnotherTry() {
        Response answer = problems.ofFailure(new IllegalStateException(new SQLException("connection lost", "08006")));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    }

    @Test
    void aBugIsNot() {
        Response answer = problems.ofFailure(new IllegalStateException(new SQLException("no such column", "42703")));

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getHeaderString("Retry-After")).isNull();
    }
}
