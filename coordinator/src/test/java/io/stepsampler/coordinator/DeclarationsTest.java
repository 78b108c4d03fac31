package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Teams, pools, templates and triggers by the API, and what follows from them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class DeclarationsTest {

    @Inject
    Jdbi database;

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
        assertThat(busy.jsonPath().getString("detail")).isEqualTo("team " + name + " has searches that wait or run");
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
            weight: [                   | body is not YAML or JSON: while parsing a flow node in body, line 1, column 10
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
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE.replace("of ${uri}", "from ${uri}"));
        callWith(admin).delete("/api/v1/templates/" + name);

        assertThat(callWith(admin).get("/api/v1/teams/speech/audit").jsonPath().getList("entries.action", String.class))
                .startsWith("remove template", "change template", "create template");
    }

    @Test
    void theSameAgainChangesNothing() {
        Response first = call().body("weight: 2").put("/api/v1/teams/" + name);
        long version = version();
        Response same = call().body("weight: 2.0").put("/api/v1/teams/" + name);
        Response refused = call().body("pools: [nowhere]").put("/api/v1/teams/" + name);
        Response missing = call().delete("/api/v1/teams/" + name + "-2");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.jsonPath().getString("changedAt"))
                .isEqualTo(first.jsonPath().getString("changedAt"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(version()).isEqualTo(version);
    }

    /** As another replica does it, of which this one does not know yet. */
    @Test
    void noSearchIsTakenInForAPoolThatIsBeingRemoved() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "pools/" + name, "");
        String member = DeclaredCalls.key("vision", Role.MEMBER);
        String file = "{model: {family: replay, checkpoint: /c.csv}, pool: " + name + "}";

        CompletableFuture<Response> search = database.inTransaction(transaction -> {
            DeclarationStore.lock(transaction);
            DeclarationStore.remove(transaction, new Declaration.Id(Declaration.Kind.POOL, "", name));
            CompletableFuture<Response> sent = CompletableFuture.supplyAsync(
                    () -> callWith(member).body(file).post("/api/v1/searches"));
            assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            return sent;
        });

        assertThat(search.join().statusCode()).isEqualTo(422);
        assertThat(search.join().jsonPath().getString("detail")).startsWith("pool is " + name + "; allowed: ");
    }

    @Test
    void whoRemovedATeamIsStillToldToThePlatform() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "");
        call().delete("/api/v1/teams/" + name);
        String other = DeclaredCalls.key("speech", Role.TEAM_ADMIN);
        String audit = "/api/v1/teams/" + name + "/audit";

        assertThat(call().get(audit).jsonPath().getList("entries.action", String.class))
                .containsExactly("remove team", "create team");
        assertThat(call().get("/api/v1/teams/" + name + "/usage").statusCode()).isEqualTo(200);
        assertThat(call().get("/api/v1/teams/" + name).statusCode()).isEqualTo(404);
        assertThat(callWith(other).get(audit).statusCode()).isEqualTo(404);
        assertThat(call().get("/api/v1/teams/" + name + "-2/audit").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSchemaOfDeclarationsIsServed() {
        assertThat(given().get("/api/v1/declaration.schema.json").asString()).contains("Stepsampler declaration");
    }

    private long version() {
        return database.withHandle(DeclarationStore::version);
    }
}
