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
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team and a pool that are in no file any more, while a search of the team on the pool runs. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@TestProfile(DeclaredFolder.Read.class)
class LeavingTeamTest {

    private static final String REASON =
            " is in no declared file any more: nothing new may use it, and it goes once" + " nothing does";

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);
    private final String search = "{pool: lab, " + REPLAY.substring(1);
    private String admin = "";
    private String searchId = "";

    @BeforeEach
    void leave() {
        write("other.yaml", "{kind: team, name: " + name + "}\n---\n{kind: pool, name: lab}");
        await().until(() -> call().get("/api/v1/teams/" + name).statusCode() == 200);
        admin = DeclaredCalls.key(name, Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/nightly", DeclaredCalls.TEMPLATE);
        searchId = submit().jsonPath().getString("searchId");
        remove("other.yaml");
        await().until(() -> pending().size() == 2);
    }

    @AfterEach
    void go() {
        callWith(admin).post("/api/v1/searches/" + searchId + "/cancel");
        callWith(admin).delete("/api/v1/templates/nightly");
        await().until(() -> pending().isEmpty());
        DeclaredFolder.restore();
    }

    @Test
    void nothingNewKeepsIt() {
        String team = "/api/v1/teams/" + name;
        assertRefused(callWith(admin).body(REPLAY).post("/api/v1/searches"), 422, "team is " + name + "; it");
        assertRefused(
                callWith(admin).body("{\"uri\": \"/c.csv\"}").post("/api/v1/templates/nightly/searches"),
                422,
                "team is " + name + "; it");
        assertRefused(callWith(admin).post("/api/v1/searches/" + searchId + "/rerun"), 422, "team is " + name + "; it");
        assertRefused(
                callWith(admin).body(DeclaredCalls.TEMPLATE).put("/api/v1/templates/weekly"), 409, "team " + name);
        assertRefused(callWith(admin).body(DeclaredCalls.TRIGGER).put("/api/v1/triggers/new"), 409, "team " + name);
        assertRefused(
                callWith(admin)
                        .body("{\"name\": \"test\", \"role\": \"viewer\"}")
                        .post(team + "/api-keys"),
                409,
                "team " + name);
        assertRefused(
                callWith(admin).body("{\"url\": \"https://hooks.invalid\"}").post(team + "/webhooks"),
                409,
                "team " + name);
        assertThat(callWith(admin).get("/api/v1/templates").jsonPath().getList("declarations"))
                .hasSize(1);
    }

    @Test
    void noOtherTeamUsesThePool() {
        assertRefused(call().body(search).post("/api/v1/searches"), 422, "pool is lab; it");
        assertRefused(call().body("pools: [lab]").put("/api/v1/teams/new-" + name), 422, "pools is lab; it");
    }

    @Test
    void whatIsThereGoesOn() {
        assertThat(callWith(admin).get("/api/v1/searches/" + searchId).statusCode())
                .isEqualTo(200);
        assertThat(submit().jsonPath().getString("searchId")).isEqualTo(searchId);
        assertThat(callWith(admin)
                        .post("/api/v1/searches/" + searchId + "/cancel")
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("CANCELLED");
        assertThat(callWith(admin).delete("/api/v1/templates/nightly").statusCode())
                .isEqualTo(200);

        await().until(() -> call().get("/api/v1/teams/" + name).statusCode() == 404);
    }

    @Test
    void callersAreToldThatItIsInNoFileRatherThanToChangeItThere() {
        String team = "/api/v1/teams/" + name;
        assertRefused(call().body("weight: 2").put(team), 409, "team " + name);
        assertRefused(call().delete(team), 409, "team " + name);
        assertRefused(call().delete("/api/v1/pools/lab"), 409, "pool lab");
    }

    @Test
    void whyItStaysIsToldOnce() {
        write("other.yaml", "{kind: team, name: " + name + "}\n---\n{kind: pool, name: lab}");
        await().until(() -> pending().isEmpty());
        String second =
                callWith(admin).body(search).post("/api/v1/searches").jsonPath().getString("searchId");
        try (CapturedLog log = CapturedLog.of("io.stepsampler.coordinator.teams")) {
            remove("other.yaml");
            await().until(() -> pending().size() == 2);

            callWith(admin).post("/api/v1/searches/" + second + "/cancel");
            write("other.yaml", "{kind: team, name: last-of-" + name + "}");
            await().until(() -> call().get("/api/v1/teams/last-of-" + name).statusCode() == 200);
            remove("other.yaml");
            await().until(() -> call().get("/api/v1/teams/last-of-" + name).statusCode() == 404);

            assertThat(log.text().split("declares it: team " + name + " has searches that wait or run", -1))
                    .hasSize(2);
            assertThat(log.text().split("not removed yet", -1)).hasSize(3);
        }
    }

    /** The same request each time. */
    private Response submit() {
        return callWith(admin).header("Idempotency-Key", name).body(search).post("/api/v1/searches");
    }

    private static void assertRefused(Response response, int status, String beginning) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.jsonPath().getString("detail")).startsWith(beginning + REASON);
    }
}
