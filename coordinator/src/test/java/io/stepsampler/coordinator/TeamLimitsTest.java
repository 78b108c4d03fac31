package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a team is told that has as much as it may. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class TeamLimitsTest {

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aTeamWithAsManyWaitingSearchesAsItMayIsToldToComeBack() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesQueued: 2, searchesRunning: 0}");
        String member = DeclaredCalls.key(name, Role.MEMBER);
        callWith(member).header("Idempotency-Key", "1").body(REPLAY).post("/api/v1/searches");
        callWith(member).header("Idempotency-Key", "2").body(REPLAY).post("/api/v1/searches");

        Response full =
                callWith(member).header("Idempotency-Key", "3").body(REPLAY).post("/api/v1/searches");
        Response known =
                callWith(member).header("Idempotency-Key", "2").body(REPLAY).post("/api/v1/searches");

        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.header("Retry-After")).isEqualTo("30");
        assertThat(full.contentType()).isEqualTo("application/problem+json");
        assertThat(full.jsonPath().getString("detail"))
                .isEqualTo("limits.searchesQueued is 2; as many searches of team " + name
                        + " wait already; try again when some have started");
        assertThat(known.statusCode()).isEqualTo(201);
        assertThat(known.jsonPath().getString("state")).isEqualTo("QUEUED");
    }

    @Test
    void aTeamThatSendsMoreRequestsThanItMayIsToldWhenToComeBack() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {requestsPerSecond: 0.01}");
        String viewer = DeclaredCalls.key(name, Role.VIEWER);

        int first = callWith(viewer).get("/api/v1/searches").statusCode();
        Response second = callWith(viewer).get("/api/v1/searches");

        assertThat(first).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(90, 100);
        assertThat(second.jsonPath().getString("detail"))
                .isEqualTo("team " + name + " may send 0.01 requests a second");
        assertThat(call().get("/api/v1/searches").statusCode()).isEqualTo(200);
    }
}
