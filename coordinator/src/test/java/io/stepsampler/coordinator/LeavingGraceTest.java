package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.DeclaredFolder.pending;
import static io.stepsampler.coordinator.DeclaredFolder.remove;
import static io.stepsampler.coordinator.DeclaredFolder.write;
import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A team that was taken out of its file by mistake. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@TestProfile(DeclaredFolder.WithGrace.class)
class LeavingGraceTest {

    @Test
    void aTeamThatIsDeclaredAgainInTimeHasItsKeysStill() {
        String robots = "{kind: team, name: robots}\n---\n{kind: pool, name: arm, team: robots}";
        write("other.yaml", robots);
        await().until(() -> call().get("/api/v1/teams/robots").statusCode() == 200);
        String member = DeclaredCalls.key("robots", Role.MEMBER);

        remove("other.yaml");
        await().until(() -> pending().size() == 1);
        String stays = pending().get(0);
        assertThat(stays).startsWith("team robots stays until ").endsWith(", in case a file declares it again");
        assertThat(Instant.parse(stays.split(" ", -1)[4].replace(",", "")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(9)), Instant.now().plus(Duration.ofMinutes(10)));
        assertThat(callWith(member).get("/api/v1/searches").statusCode()).isEqualTo(200);
        assertThat(callWith(member).body(REPLAY).post("/api/v1/searches").statusCode())
                .isEqualTo(422);

        write("other.yaml", robots);
        await().until(() -> pending().isEmpty());
        assertThat(callWith(member).body(REPLAY).post("/api/v1/searches").statusCode())
                .isEqualTo(201);
        List<String> audit =
                call().get("/api/v1/teams/robots/audit").jsonPath().getList("entries.action", String.class);
        assertThat(audit)
                .containsSubsequence(
                        "change team", "remove pool", "retire team", "create API key", "create pool", "create team");
    }
}
