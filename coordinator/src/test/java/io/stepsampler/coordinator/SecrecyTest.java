package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers show to be known is written down nowhere, whatever becomes of their requests. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@QuarkusTestResource(TokenIssuerServer.class)
class SecrecyTest {

    private static final String KEYS = "/api/v1/teams/vision/api-keys";

    @Inject
    Jdbi database;

    /** What is sent is deleted: so it is written down a second time. */
    @BeforeEach
    void keepTheOutbox() {
        database.useHandle(handle -> {
            handle.execute("create table kept (message text)");
            handle.execute("create function keep() returns trigger language plpgsql as"
                    + " 'begin insert into kept values (new::text); return null; end'");
            handle.execute("create trigger keep after insert on outbox for each row execute function keep()");
        });
    }

    @AfterEach
    void forget() {
        database.useHandle(handle -> {
            handle.execute("drop trigger keep on outbox");
            handle.execute("drop function keep()");
            handle.execute("drop table kept");
        });
    }

    @Test
    void neitherKeysNorTokensAreInTheLogOrTheOutbox() {
        String token = token(Map.of("sub", "ada", "groups", List.of("ml-vision")));
        String noGrant = token(Map.of("sub", "eve", "groups", "sales"));
        try (CapturedLog log = CapturedLog.of("io.stepsampler", "io.quarkus", "io.vertx", "org.jboss", "org.jdbi")) {
            Response made = callWith(token)
                    .body("{\"name\": \"ci\", \"role\": \"team-admin\"}")
                    .post(KEYS);
            String key = made.jsonPath().getString("apiKey");
            Response rotated = callWith(key).post(KEYS + "/" + made.jsonPath().getString("keyId") + "/rotate");
            String latter = rotated.jsonPath().getString("apiKey");
            for (String shown : List.of(token, key, latter)) {
                assertThat(statusOfAudit(shown)).isEqualTo(200);
                assertThat(callWith(shown).get("/api/v1/teams").statusCode()).isEqualTo(403);
                submitAndCancel(shown);
                assertThat(statusOfABug(shown)).isEqualTo(500);
            }
            callWith(latter).delete(KEYS + "/" + rotated.jsonPath().getString("keyId"));
            for (String refused : List.of(noGrant, latter)) {
                assertThat(statusOfAudit(refused)).isEqualTo(401);
            }

            assertThat(log.text()).contains("a request cannot be answered");
            assertThat(rowsWith("io.stepsampler.search.cancelled")).isNotEmpty();
            for (String shown : List.of(token, noGrant, key, latter)) {
                assertThat(log.text()).doesNotContain(secretOf(shown));
                assertThat(rowsWith(secretOf(shown))).isEmpty();
            }
        }
    }

    private static String token(Map<String, Object> claims) {
        return TokenIssuerServer.token("stepsampler", Duration.ofHours(1), claims);
    }

    private static int statusOfAudit(String shown) {
        return callWith(shown).get("/api/v1/teams/vision/audit").statusCode();
    }

    /** As a mistake in a statement would be. */
    private int statusOfABug(String shown) {
        database.useHandle(handle -> handle.execute("alter table audit rename to audit_away"));
        try {
            return statusOfAudit(shown);
        } finally {
            database.useHandle(handle -> handle.execute("alter table audit_away rename to audit"));
        }
    }

    private static void submitAndCancel(String shown) {
        String searchId =
                callWith(shown).body(REPLAY).post("/api/v1/searches").jsonPath().getString("searchId");
        callWith(shown).post("/api/v1/searches/" + searchId + "/cancel").then().statusCode(200);
    }

    /** Of an API key the part that proves it, of a token its signature. */
    private static String secretOf(String shown) {
        return shown.substring(Math.max(shown.lastIndexOf('_'), shown.lastIndexOf('.')) + 1);
    }

    private List<String> rowsWith(String secret) {
        return database.withHandle(handle -> handle.createQuery("select found from ("
                        + "select message as found from kept union all select audit::text from audit"
                        + " union all select api_key::text from api_key union all select search::text from search) rows"
                        + " where strpos(found, :secret) > 0")
                .bind("secret", secret)
                .mapTo(String.class)
                .list());
    }
}
