package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Templates, the searches that start from them, and the triggers that fill them in. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class TemplatesTest {

    @Inject
    Jdbi database;

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

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
                .isEqualTo("url is no parameter of template " + name + "; allowed: uri");
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
    void aTemplateStaysWhatItsTriggersFillIn() {
        String admin = DeclaredCalls.key("vision", Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/" + name, DeclaredCalls.TEMPLATE);
        DeclaredCalls.put(admin, "triggers/" + name, "{event: e, template: " + name + ", fields: {uri: /data/uri}}");

        Response refused = callWith(admin)
                .body(DeclaredCalls.TEMPLATE.replace("uri: {}", "url: {}").replace("${uri}", "${url}"))
                .put("/api/v1/templates/" + name);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().getList("refusals.key"))
                .containsExactly("parameters.uri", "parameters.url.default");
        assertThat(refused.jsonPath().getList("refusals.allowed"))
                .containsExactly(
                        "is missing; trigger " + name + " fills it in",
                        "is missing; trigger " + name + " does not fill it in");
        callWith(admin).delete("/api/v1/triggers/" + name);
    }

    @Test
    void aTeamHasAsManyTemplatesAsItMay() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "");
        String admin = DeclaredCalls.key(name, Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/first", DeclaredCalls.TEMPLATE);
        database.useHandle(handle -> handle.createUpdate(
                        "insert into declaration (kind, team, name, document, owner)"
                                + " select kind, team, 'copy-' || number, jsonb_set(document, '{name}', to_jsonb('copy-' || number)),"
                                + " owner from declaration, generate_series(1, 199) number where kind = 'TEMPLATE' and team = :team")
                .bind("team", name)
                .execute());

        Response oneMore = callWith(admin).body(DeclaredCalls.TEMPLATE).put("/api/v1/templates/one-more");
        Response known = callWith(admin)
                .body(DeclaredCalls.TEMPLATE.replace("of ${uri}", "from ${uri}"))
                .put("/api/v1/templates/first");

        assertThat(oneMore.statusCode()).isEqualTo(409);
        assertThat(oneMore.jsonPath().getString("detail"))
                .isEqualTo(
                        "team " + name + " has 200 declarations of kind template, as many as it may; remove one first");
        assertThat(known.statusCode()).isEqualTo(200);
        database.useHandle(handle -> handle.createUpdate("delete from declaration where team = :team")
                .bind("team", name)
                .execute());
    }
}
