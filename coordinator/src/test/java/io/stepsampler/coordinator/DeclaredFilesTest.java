package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.DeclaredFolder.faults;
import static io.stepsampler.coordinator.DeclaredFolder.pending;
import static io.stepsampler.coordinator.DeclaredFolder.remove;
import static io.stepsampler.coordinator.DeclaredFolder.write;
import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Declarations in files, as a repository would own them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@TestProfile(DeclaredFolder.Read.class)
class DeclaredFilesTest {

    @AfterEach
    void restore() {
        DeclaredFolder.restore();
        await().until(() -> faults().isEmpty()
                && weight("vision") == 3
                && call().get("/api/v1/teams/robots").statusCode() == 404);
    }

    @Test
    void aFileSaysMoreOfATeamThatTheSettingsName() {
        assertThat(weight("vision")).isEqualTo(3);
        assertThat(call().body("weight: 5").put("/api/v1/teams/vision").statusCode())
                .isEqualTo(409);
    }

    @Test
    void whatChangesInAFileIsTakenAnewAndWhatIsGoneIsGone() {
        write("platform.yaml", """
                kind: team
                name: vision
                weight: 4
                ---
                kind: team
                name: robots
                ---
                kind: template
                team: robots
                name: nightly
                parameters: {uri: {}}
                search: {model: {family: replay, checkpoint: "${uri}"}}
                ---
                kind: trigger
                team: robots
                name: published
                event: checkpoint.published
                template: nightly
                fields: {uri: /data/uri}
                """);

        await().until(() -> weight("vision") == 4);
        String robot = DeclaredCalls.key("robots", Role.TEAM_ADMIN);
        Response triggers = SearchCalls.callWith(robot).get("/api/v1/triggers");
        assertThat(triggers.jsonPath().getList("declarations.owner")).containsExactly("deployment");
        assertThat(SearchCalls.callWith(robot)
                        .delete("/api/v1/templates/nightly")
                        .statusCode())
                .isEqualTo(409);

        write("platform.yaml", "{kind: team, name: vision, weight: 3}");

        await().until(() -> call().get("/api/v1/teams/robots").statusCode() == 404);
        assertThat(SearchCalls.callWith(robot).get("/api/v1/searches").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFileWithAFaultChangesNothingAndIsTold() {
        write("other.yaml", "{kind: team, name: late}\n---\n{kind: team, name: vision}");
        write("platform.yaml", "{kind: team, name: vision, weight: 7}\n---\n{kind: team, name: robots, wieght: 2}");

        await().until(() -> faults().size() == 2);
        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("platform.yaml, document 2: wieght is not a known key; allowed:"))
                .contains("platform.yaml, document 1: team vision stands in other.yaml, document 2 too");
        assertThat(weight("vision")).isEqualTo(3);
        assertThat(call().get("/api/v1/teams/late").statusCode()).isEqualTo(404);

        remove("other.yaml");
        write("platform.yaml", "{kind: team, name: vision, pools: [nowhere]}");
        await().until(() -> faults().equals(List.of("team vision: pools is nowhere; allowed: default")));

        write("platform.yaml", "{kind: team, name: vision, weight: 8}");
        await().until(() -> weight("vision") == 8 && faults().isEmpty());
    }

    @Test
    void aPoolWithSearchesStaysUntilTheyAreOver() {
        write("other.yaml", "{kind: pool, name: lab}");
        await().until(() -> call().get("/api/v1/pools/lab").statusCode() == 200);
        String searchId = SearchCalls.submit("{pool: lab, model: {family: replay, checkpoint: /c.csv}}")
                .toString();

        remove("other.yaml");

        await().until(() -> pending().equals(List.of("pool lab has searches that wait or run")));
        assertThat(call().get("/api/v1/pools/lab").statusCode()).isEqualTo(200);
        call().post("/api/v1/searches/" + searchId + "/cancel");
        await().until(() ->
                call().get("/api/v1/pools/lab").statusCode() == 404 && pending().isEmpty());
        assertThat(call().get("/api/v1/teams/local/audit").jsonPath().getList("entries.caller", String.class))
                .startsWith("declared files");
    }

    @Test
    void aTeamThatIsGoneFromTheFilesHasNoKeysThoughItComesBack() {
        String robots = "{kind: team, name: robots}";
        write("other.yaml", robots);
        await().until(() -> call().get("/api/v1/teams/robots").statusCode() == 200);
        String admin = DeclaredCalls.key("robots", Role.TEAM_ADMIN);
        SearchCalls.callWith(admin)
                .body("{\"url\": \"https://hooks.invalid\"}")
                .post("/api/v1/teams/robots/webhooks")
                .then()
                .statusCode(201);

        remove("other.yaml");
        await().until(() -> call().get("/api/v1/teams/robots").statusCode() == 404);
        write("other.yaml", robots);
        await().until(() -> call().get("/api/v1/teams/robots").statusCode() == 200);

        assertThat(SearchCalls.callWith(admin).get("/api/v1/searches").statusCode())
                .isEqualTo(401);
        assertThat(call().get("/api/v1/teams/robots/webhooks").jsonPath().getList("webhooks"))
                .isEmpty();
        JsonPath audit = call().get("/api/v1/teams/robots/audit").jsonPath();
        assertThat(audit.getList("entries.action", String.class)).startsWith("create team", "remove team");
        assertThat(audit.getList("entries.caller", String.class)).startsWith("declared files", "declared files");
    }

    @Test
    void aFolderThatCannotBeReadIsToldOnce() throws Exception {
        Path away = DeclaredFolder.PATH.resolveSibling(DeclaredFolder.PATH.getFileName() + "-away");
        try (CapturedLog log = CapturedLog.of("io.stepsampler.coordinator.teams")) {
            Files.move(DeclaredFolder.PATH, away);
            try {
                await().until(() -> faults().size() == 1);
                assertThat(faults().get(0))
                        .startsWith("stepsampler.declarations is " + DeclaredFolder.PATH
                                + "; must be a folder that can be read: ");
                await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            } finally {
                Files.move(away, DeclaredFolder.PATH);
            }
            await().until(() -> faults().isEmpty());

            assertThat(log.text().split("declarations stay as they were", -1)).hasSize(2);
        }
        assertThat(weight("vision")).isEqualTo(3);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Files.write(DeclaredFolder.PATH.resolve("other.yaml"), new byte[] {(byte) 0xff});

        await().until(() -> faults().size() == 1);
        assertThat(faults().get(0)).startsWith("other.yaml cannot be read: ");
    }

    private static double weight(String team) {
        return call().get("/api/v1/teams/" + team).jsonPath().getDouble("declaration.weight");
    }
}
