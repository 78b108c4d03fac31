package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and what they open. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class ApiKeyTest {

    private static final String KEYS = "/api/v1/teams/local/api-keys";

    @Inject
    Jdbi database;

    @Test
    void aNewKeyIsShownOnceAndOpensWhatItsRoleMay() {
        Response made = make("local", "ci", "member");

        String key = made.jsonPath().getString("apiKey");
        Response caller = callWith(key).get("/api/v1/caller");

        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(caller.jsonPath().getString("team")).isEqualTo("local");
        assertThat(caller.jsonPath().getString("role")).isEqualTo("member");
        assertThat(call().get(KEYS).asString()).contains(keyId(made)).doesNotContain(key);
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        String key = make("local", "ci", "member").jsonPath().getString("apiKey");
        String secret = key.substring(key.lastIndexOf('_') + 1);

        List<String> rows = database.withHandle(
                handle -> handle.createQuery("select api_key::text from api_key union select audit::text from audit")
                        .mapTo(String.class)
                        .list());

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secret));
    }

    @Test
    void aRevokedKeyOpensNothing() {
        Response made = make("local", "ci", "member");
        String key = made.jsonPath().getString("apiKey");

        Response revoked = call().delete(KEYS + "/" + keyId(made));
        Response refused = callWith(key).get("/api/v1/searches");

        assertThat(revoked.jsonPath().getString("revokedAt")).isNotNull();
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(refused.jsonPath().getString("detail")).isEqualTo("the API key is unknown, expired or revoked");
    }

    @Test
    void nobodyMakesOrChangesAKeyAboveTheOwnRole() {
        String admin = make("local", "admin", "team-admin").jsonPath().getString("apiKey");
        Response above = make("local", "root", "platform-admin");

        Response made = callWith(admin).body(body("mine", "platform-admin")).post(KEYS);

        assertThat(made.statusCode()).isEqualTo(422);
        assertThat(made.jsonPath().getString("detail"))
                .isEqualTo("role is platform-admin; allowed: viewer, member, team-admin");
        assertThat(callWith(admin).delete(KEYS + "/" + keyId(above)).statusCode())
                .isEqualTo(404);
        assertThat(callWith(admin).post(KEYS + "/" + keyId(above) + "/rotate").statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyChangeIsInTheAudit() {
        Response made = make("local", "audited", "viewer");
        call().delete(KEYS + "/" + keyId(made));

        List<String> changes =
                call().get("/api/v1/teams/local/audit").jsonPath().getList("entries.action");

        assertThat(changes).startsWith("revoke API key", "create API key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9223372036854775808"})
    void anEntryOfTheAuditThatCannotBeIsRefused(String before) {
        Response response = call().get("/api/v1/teams/local/audit?before=" + before);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo("before is " + before + "; must be the id of an entry of the page before");
    }

    @Test
    void whatTheFrameworkRefusesIsAProblemToo() {
        Response noPath = call().get("/api/v1/nothing");
        Response noMethod = call().delete("/api/v1/searches");

        assertThat(noPath.statusCode()).isEqualTo(404);
        assertThat(noMethod.statusCode()).isEqualTo(405);
        assertThat(List.of(noPath.contentType(), noMethod.contentType())).containsOnly("application/problem+json");
        assertThat(noMethod.jsonPath().getString("detail"))
                .isEqualTo("the request cannot be answered: Method Not Allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | name is missing; must be 1 to 100 characters
            {"name": " ", "role": "viewer"}           | name is  ; must be 1 to 100 characters
            {"name": "a\\u0000b", "role": "viewer"}    | name is a?b; must hold no control characters, here shown as ?
            {"name": "ci", "role": "root"}            | role is root; allowed: viewer, member, team-admin, platform-admin
            {"name": "ci", "role": 3}                 | role is 3; allowed: viewer, member, team-admin, platform-admin
            {"name": "ci", "role": "viewer", "expiresAt": "soon"} | expiresAt is soon; must be a time to come such as 9999-12-31T23:59:59Z
            {"name": "ci", "role": "viewer", "expiresAt": "2020-01-01T00:00:00Z"} | expiresAt is 2020-01-01T00:00:00Z; must be a time to come such as 9999-12-31T23:59:59Z
            {"name": "ci", "role": "viewer", "team": "other"}     | team is not known; allowed: name, role, expiresAt
            [1]                                       | body must be a JSON object
            {                                         | body must be a JSON object
            """)
    void aBadKeyIsRefused(String body, String sentence) {
        Response response = call().body(body).post(KEYS);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Basic abc     | Authorization must be Bearer and an API key or token
            Bearer        | Authorization must be Bearer and an API key or token
            Bearer stps_x | the API key is unknown, expired or revoked
            Bearer abc    | the bearer token is neither an API key of this service (stps_…) nor a token of one of its issuers
            """)
    void aBadTokenIsRefusedAndNotRepeated(String header, String sentence) {
        Response response = given().header("Authorization", header).get("/api/v1/searches");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    @Test
    void whoShowsNoTokenIsToldWhatToSend() {
        Response response = given().get("/api/v1/searches");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo("send an API key or a token of a known issuer as Authorization: Bearer …");
    }

    private static Response make(String team, String name, String role) {
        Response made = call().body(body(name, role)).post("/api/v1/teams/" + team + "/api-keys");
        assertThat(made.statusCode()).isEqualTo(201);
        return made;
    }

    private static String body(String name, String role) {
        return "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"}";
    }

    private static String keyId(Response made) {
        return made.jsonPath().getString("keyId");
    }
}
