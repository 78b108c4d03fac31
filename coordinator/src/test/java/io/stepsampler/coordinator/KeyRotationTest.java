package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Keys that take the place of others, and how long each lasts. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class KeyRotationTest {

    private static final String KEYS = "/api/v1/teams/local/api-keys";
    private static final String VIEWER = "{\"name\": \"ci\", \"role\": \"viewer\"}";

    @Inject
    Jdbi database;

    @Test
    void aRotatedKeyLastsAsLongAsIsSaid() {
        Response made = make(KEYS, VIEWER);
        String former = made.jsonPath().getString("apiKey");

        Response rotated = call().body("{\"overlap\": \"PT1H\"}").post(KEYS + "/" + keyId(made) + "/rotate");
        String latter = rotated.jsonPath().getString("apiKey");

        assertThat(rotated.jsonPath().getString("name")).isEqualTo("ci");
        assertThat(callWith(former).get("/api/v1/searches").statusCode()).isEqualTo(200);
        assertThat(callWith(latter).get("/api/v1/searches").statusCode()).isEqualTo(200);

        call().body("{\"overlap\": \"PT0S\"}").post(KEYS + "/" + keyId(rotated) + "/rotate");
        assertThat(callWith(latter).get("/api/v1/searches").statusCode()).isEqualTo(401);
        assertThat(callWith(former).get("/api/v1/searches").statusCode()).isEqualTo(200);
    }

    @Test
    void aRotatedKeyLastsAsLongAsTheFormerWasMadeFor() {
        Instant end = Instant.now().plus(Duration.ofDays(90));
        Response made = make(KEYS, VIEWER.replace("}", ", \"expiresAt\": \"" + end + "\"}"));
        database.useHandle(handle -> handle.execute(
                "update api_key set created_at = created_at - interval '89 days',"
                        + " expires_at = expires_at - interval '89 days' where key_id = ?",
                keyId(made)));

        Response rotated = call().post(KEYS + "/" + keyId(made) + "/rotate");

        assertThat(Instant.parse(rotated.jsonPath().getString("expiresAt")))
                .isCloseTo(end, within(1, ChronoUnit.MINUTES));
    }

    @Test
    void aKeyIsRotatedOnce() {
        Response made = make(KEYS, VIEWER);
        String rotate = KEYS + "/" + keyId(made) + "/rotate";

        Response first = call().post(rotate);
        Response second = call().post(rotate);
        Response tooLong =
                call().body("{\"overlap\": \"PT9000000000000000S\"}").post(KEYS + "/" + keyId(first) + "/rotate");

        assertThat(first.jsonPath().getString("expiresAt")).isNull();
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.jsonPath().getString("detail")).isEqualTo("there is no API key in use " + keyId(made));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.jsonPath().getString("detail"))
                .isEqualTo("overlap is PT9000000000000000S; must be a duration such as PT24H, of 90 days at most");
    }

    @Test
    void noKeyIsMadeForATeamThatIsBeingRemoved() {
        String team = "t-" + UUID.randomUUID().toString().substring(0, 8);
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + team, "");
        String keys = "/api/v1/teams/" + team + "/api-keys";
        String key = keyId(make(keys, VIEWER));

        List<CompletableFuture<Response>> sent = database.inTransaction(transaction -> {
            DeclarationStore.lock(transaction);
            DeclarationStore.remove(transaction, new Declaration.Id(Declaration.Kind.TEAM, "", team));
            List<CompletableFuture<Response>> waiting = List.of(
                    CompletableFuture.supplyAsync(() -> call().body(VIEWER).post(keys)),
                    CompletableFuture.supplyAsync(() -> call().post(keys + "/" + key + "/rotate")),
                    CompletableFuture.supplyAsync(() -> call().body("{\"url\": \"https://hooks.invalid\"}")
                            .post("/api/v1/teams/" + team + "/webhooks")));
            for (CompletableFuture<Response> one : waiting) {
                assertThatThrownBy(() -> one.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            }
            return waiting;
        });

        assertThat(sent).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(404));
    }

    private static Response make(String keys, String body) {
        Response made = call().body(body).post(keys);
        assertThat(made.statusCode()).isEqualTo(201);
        return made;
    }

    private static String keyId(Response made) {
        return made.jsonPath().getString("keyId");
    }
}
