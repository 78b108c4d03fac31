package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect issuer, whose keys are fetched from where it says. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
@QuarkusTestResource(TokenIssuerServer.class)
class IssuedTokenTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aPersonIsWhatAGroupMakesOfHer() {
        Response caller = callWith(TokenIssuerServer.token(
                        "stepsampler", HOUR, Map.of("sub", "ada", "groups", List.of("staff", "ml-vision"))))
                .get("/api/v1/caller");

        assertThat(caller.statusCode()).isEqualTo(200);
        assertThat(caller.jsonPath().getString("name")).isEqualTo("corp ada");
        assertThat(caller.jsonPath().getString("team")).isEqualTo("vision");
        assertThat(caller.jsonPath().getString("role")).isEqualTo("team-admin");
    }

    @Test
    void aPodIsWhatItsNamespaceMakesOfIt() {
        Response caller = callWith(TokenIssuerServer.token(
                        "stepsampler",
                        HOUR,
                        Map.of("sub", "system:serviceaccount", "kubernetes.io", Map.of("namespace", "local"))))
                .get("/api/v1/caller");

        assertThat(caller.jsonPath().getString("team")).isEqualTo("local");
        assertThat(caller.jsonPath().getString("role")).isEqualTo("member");
    }

    @Test
    void aTokenForAnotherServiceIsRefused() {
        assertThat(refusal(TokenIssuerServer.token("mail", HOUR, Map.of("sub", "ada", "groups", "ml-vision"))))
                .startsWith("the token of issuer corp is not valid: ");
    }

    @Test
    void anExpiredTokenIsRefused() {
        assertThat(refusal(TokenIssuerServer.token(
                        "stepsampler", HOUR.negated(), Map.of("sub", "ada", "groups", "ml-vision"))))
                .startsWith("the token of issuer corp is not valid: ");
    }

    @Test
    void aTokenSignedByAnotherKeyIsRefused() {
        assertThat(refusal(TokenIssuerServer.forged("stepsampler", HOUR, Map.of("sub", "ada", "groups", "ml-vision"))))
                .startsWith("the token of issuer corp is not valid: ");
    }

    @Test
    void aTokenThatNoGrantFitsIsRefused() {
        assertThat(refusal(TokenIssuerServer.token("stepsampler", HOUR, Map.of("sub", "eve", "groups", "sales"))))
                .isEqualTo("no grant of issuer corp fits the token's claims; ask who runs this service for one");
    }

    @Test
    void theFirstGrantThatFitsCountsThoughItsTeamIsGone() {
        assertThat(refusal(TokenIssuerServer.token(
                        "stepsampler",
                        HOUR,
                        Map.of("sub", "eve", "groups", "contractors", "kubernetes.io", Map.of("namespace", "local")))))
                .isEqualTo("the grant of issuer corp that fits the token's claims is for team long-gone, which is not"
                        + " there; ask who runs this service");
    }

    @Test
    void aTokenWhoseIssuerIsAwayIsNotJudged() {
        Response unknown = callWith(tokenOf(TokenIssuerServer.AWAY)).get("/api/v1/caller");

        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.contentType()).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(unknown.header("Retry-After"))).isPositive();
        assertThat(unknown.jsonPath().getString("detail"))
                .isEqualTo("the keys of issuer away cannot be had now; try again later");
    }

    @Test
    void anIssuerWhoseDiscoveryDocumentIsAnothersHasNoKeys() {
        assertThat(callWith(tokenOf(TokenIssuerServer.OTHER))
                        .get("/api/v1/caller")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void tokensOfUnknownKeysMakeThisServiceAskOnceInAWhile() {
        callWith(tokenOf("")).get("/api/v1/caller");
        int before = TokenIssuerServer.keysServed();

        for (int count = 0; count < 20; count++) {
            assertThat(refusal(TokenIssuerServer.ofUnknownKey("made-up-" + count)))
                    .startsWith("the token of issuer corp is not valid: ");
        }

        assertThat(TokenIssuerServer.keysServed() - before).isLessThan(10);
    }

    private static String tokenOf(String place) {
        return TokenIssuerServer.tokenOf(place, "stepsampler", HOUR, Map.of("sub", "ada", "groups", "ml-vision"));
    }

    private static String refusal(String token) {
        Response refused = callWith(token).get("/api/v1/caller");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.asString()).doesNotContain(token);
        return refused.jsonPath().getString("detail");
    }
}
