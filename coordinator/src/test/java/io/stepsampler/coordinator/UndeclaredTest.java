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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of declarations that are in no file any more. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@TestProfile(DeclaredFolder.Read.class)
class UndeclaredTest {

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void restore() {
        DeclaredFolder.restore();
    }

    @Test
    void aTeamThatCallersMadeIsTheirsAgainWithItsKeysWhenNoFileDeclaresIt() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "weight: 2");
        String admin = DeclaredCalls.key(name, Role.TEAM_ADMIN);
        callWith(admin)
                .body("{\"url\": \"https://hooks.invalid\"}")
                .post("/api/v1/teams/" + name + "/webhooks")
                .then()
                .statusCode(201);
        try (CapturedLog log = CapturedLog.of("io.stepsampler.coordinator.teams")) {
            write("other.yaml", "{kind: team, name: " + name + ", weight: 5}");
            await().until(() -> owner().equals("deployment"));
            assertThat(DeclaredFolder.adopted()).containsExactly("team " + name);

            remove("other.yaml");
            await().until(() -> owner().equals("api"));

            assertThat(log.text())
                    .contains("team " + name + " was made by callers")
                    .contains("team " + name + " is in no file any more; made by callers, it stays");
        }
        assertThat(call().get("/api/v1/teams/" + name).jsonPath().getDouble("declaration.weight"))
                .isEqualTo(5);
        assertThat(callWith(admin)
                        .get("/api/v1/teams/" + name + "/webhooks")
                        .jsonPath()
                        .getList("webhooks"))
                .hasSize(1);
        assertThat(DeclaredFolder.adopted()).isEmpty();
        assertThat(call().delete("/api/v1/teams/" + name).statusCode()).isEqualTo(200);
    }

    @Test
    void aTeamThatCannotGoYetHoldsUpNoOtherFileAndGoesLater() {
        write("other.yaml", "{kind: team, name: " + name + ", pools: [lab]}\n---\n{kind: pool, name: lab}");
        await().until(() -> call().get("/api/v1/teams/" + name).statusCode() == 200);
        String member = DeclaredCalls.key(name, Role.MEMBER);
        String searchId = callWith(member)
                .body("{pool: lab, " + REPLAY.substring(1))
                .post("/api/v1/searches")
                .jsonPath()
                .getString("searchId");

        remove("other.yaml");
        write("platform.yaml", "{kind: team, name: vision, weight: 6}");

        await().until(() -> call().get("/api/v1/teams/vision").jsonPath().getDouble("declaration.weight") == 6);
        assertThat(pending())
                .containsExactlyInAnyOrder(
                        "team " + name + " has searches that wait or run", "pool lab has searches that wait or run");
        assertThat(DeclaredFolder.faults()).isEmpty();
        assertThat(callWith(member).get("/api/v1/searches/" + searchId).statusCode())
                .isEqualTo(200);

        callWith(member).post("/api/v1/searches/" + searchId + "/cancel");
        await().until(() -> pending().isEmpty());
        assertThat(call().get("/api/v1/teams/" + name).statusCode()).isEqualTo(404);
        assertThat(call().get("/api/v1/pools/lab").statusCode()).isEqualTo(404);
    }

    @Test
    void whatATeamThatStaysUsesStaysToo() {
        write(
                "other.yaml",
                "{kind: team, name: " + name + ", pools: [default, spare]}\n---\n{kind: pool, name: spare}");
        await().until(() -> call().get("/api/v1/teams/" + name).statusCode() == 200);
        String admin = DeclaredCalls.key(name, Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/nightly", DeclaredCalls.TEMPLATE);

        remove("other.yaml");

        await().until(() -> pending().size() == 2);
        assertThat(pending())
                .containsExactlyInAnyOrder(
                        "team " + name + " is used by template nightly of team " + name,
                        "pool spare is used by team " + name);

        write("other.yaml", "{kind: team, name: " + name + "}");
        await().until(() -> pending().isEmpty());
        assertThat(owner()).isEqualTo("deployment");
        assertThat(call().get("/api/v1/pools/spare").statusCode()).isEqualTo(404);
        assertThat(callWith(admin).delete("/api/v1/templates/nightly").statusCode())
                .isEqualTo(200);
    }

    private String owner() {
        return call().get("/api/v1/teams/" + name).jsonPath().getString("owner");
    }
}
