package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams, pools, templates and triggers by the API, and what follows from them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class DeclarationsTest {

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aTeamThatIsDeclaredHasKeysAndSearchesAtOnce() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesRunning: 3}");

        String member = DeclaredCalls.key(name, Role.MEMBER);
        Response search = callWith(member).body(REPLAY).post("/api/v1/searches");
        Response team = callWith(member).get("/api/v1/teams/" + name);

        assertThat(search.statusCode()).isEqualTo(201);
        assertThat(team.jsonPath().getInt("declaration.limits.searchesRunning")).isEqualTo(3);
        assertThat(team.jsonPath().getString("owner")).isEqualTo("api");
        assertThat(team.jsonPath().getInt("load.searchesRunning")
                        + team.jsonPath().getInt("load.searchesQueued"))
                .isEqualTo(1);
    }

    @Test
    void aTeamThatIsRemovedHasNoKeysThoughItComesBack() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "");
        String member = DeclaredCalls.key(name, Role.MEMBER);
        String searchId = callWith(member)
                .body(REPLAY)
                .post("/api/v1/searches")
                .jsonPath()
                .getString("searchId");

        Response busy = call().delete("/api/v1/teams/" + name);
        callWith(member).post("/api/v1/searches/" + searchId + "/cancel");
        Response removed = call().delete("/api/v1/teams/" + name);

        assertThat(busy.statusCode()).isEqualTo(409);
        assertThat(busy.jsonPath().getString("detail")).isEqualTo("team " + name + " has 1 searches that wait or run");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(callWith(member).get("/api/v1/searches").statusCode()).isEqualTo(401);
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "");
        assertThat(callWith(member).get("/api/v1/searches").statusCode()).isEqualTo(401);
    }

    @Test
    void whatTheDeploymentDeclaresTheApiOnlyReads() {
        Response put = call().body("weight: 9").put("/api/v1/teams/local");

        assertThat(put.statusCode()).isEqualTo(409);
        assertThat(put.jsonPath().getString("detail"))
                .isEqualTo("team local is declared by the deployment's own files or settings; change it there");
        assertThat(call().get("/api/v1/teams/local").jsonPath().getString("owner"))
                .isEqualTo("deployment");
    }

    @Test
    void aPoolOfATeamIsThereForNobodyElse() {
        DeclaredCalls.put(
                ServiceStack.FIRST_KEY, "pools/" + name, "{team: vision, price: {perDeviceHour: 2, currency: EUR}}");
        String file = "{model: {family: replay, checkpoint: /c.csv}, pool: " + name + "}";

        String vision = DeclaredCalls.key("vision", Role.MEMBER);
        String speech = DeclaredCalls.key("speech", Role.MEMBER);

        assertThat(callWith(vision).get("/api/v1/pools").jsonPath().getList("pools.name"))
                .contains(name, "default");
        assertThat(callWith(speech).get("/api/v1/pools").jsonPath().getList("pools.name"))
                .doesNotContain(name);
        assertThat(callWith(speech).get("/api/v1/pools/" + name).statusCode()).isEqualTo(404);
        assertThat(callWith(vision).body(file).post("/api/v1/searches").statusCode())
                .isEqualTo(201);
        Response refused = callWith(speech).body(file).post("/api/v1/searches");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().getString("detail")).startsWith("pool is " + name + "; allowed: default");
    }

    @Test
    void aSearchStartsFromATemplateOnceForEachKey() {
        String admin = DeclaredCalls.key("vision", Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE);
        String path = "/api/v1/templates/" + name + "/searches";

        Response first = callWith(admin)
                .header("Idempotency-Key", name)
                .body("{\"uri\": \"/c.csv\"}")
                .post(path);
        Response again = callWith(admin)
                .header("Idempotency-Key", name)
                .body("{\"uri\": \"/c.csv\"}")
                .post(path);
        Response refused = callWith(admin).body("{\"url\": \"/c.csv\"}").post(path);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.jsonPath().getString("name")).isEqualTo("of /c.csv");
        assertThat(again.jsonPath().getString("searchId"))
                .isEqualTo(first.jsonPath().getString("searchId"));
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("values.url is no parameter of template " + name + "; allowed: uri");
    }

    @Test
    void aTemplateThatATriggerUsesStays() {
        String admin = DeclaredCalls.key("vision", Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE);
        DeclaredCalls.put(admin, "triggers/" + name, "{event: e, template: " + name + ", fields: {uri: /data/uri}}");

        Response used = callWith(admin).delete("/api/v1/templates/" + name);

        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.jsonPath().getString("detail"))
                .isEqualTo("template " + name + " of team vision is used by trigger " + name + " of team vision");
        assertThat(callWith(admin).delete("/api/v1/triggers/" + name).statusCode())
                .isEqualTo(200);
        assertThat(callWith(admin).delete("/api/v1/templates/" + name).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anEstimateSaysWhatTheBudgetAllowsAndStartsNothing() {
        String member = DeclaredCalls.key("vision", Role.MEMBER);
        String file = "{name: " + name
                + ", model: {family: replay, checkpoint: /c.csv}, search: {budget: {probes: 30}}, training: {steps: 10}}";

        Response estimate = callWith(member).body(file).post("/api/v1/searches/estimate");

        assertThat(estimate.statusCode()).isEqualTo(200);
        assertThat(estimate.jsonPath().getDouble("probes.most")).isEqualTo(30);
        assertThat(estimate.jsonPath().getDouble("trainingSteps.most")).isEqualTo(300);
        assertThat(callWith(member)
                        .get("/api/v1/searches?name=" + name)
                        .jsonPath()
                        .getList("searches"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: pool                  | kind is pool; allowed here: team
            name: other                 | name is other; allowed here: NAME
            [1]                         | body must be one mapping of keys to values, YAML or JSON
            weight: -1                  | weight is -1; allowed: a number above 0 to 1000000
            pools: [nowhere]            | pools is nowhere; allowed: default
            """)
    void aBadDeclarationIsRefused(String body, String sentence) {
        Response response = call().body(body).put("/api/v1/teams/" + name);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.jsonPath().getString("detail")).startsWith(sentence.replace("NAME", name));
    }

    @Test
    void everyChangeIsInTheAudit() {
        String admin = DeclaredCalls.key("speech", Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE);
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE);
        callWith(admin).delete("/api/v1/templates/" + name);

        assertThat(callWith(admin).get("/api/v1/teams/speech/audit").jsonPath().getList("entries.action", String.class))
                .startsWith("remove template", "change template", "create template");
    }

    @Test
    void theSchemaOfDeclarationsIsServed() {
        assertThat(given().get("/api/v1/declaration.schema.json").asString()).contains("Stepsampler declaration");
    }
}
