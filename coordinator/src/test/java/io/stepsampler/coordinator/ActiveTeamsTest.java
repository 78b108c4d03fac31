package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Who counts as active, so that a pause earns no claim. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class ActiveTeamsTest {

    private static final String TEAM = "speech";

    @Inject
    Jdbi database;

    @Test
    void aTeamWhoseSearchesAreOverRestsThoughNothingWaits() {
        String key = call().body("{\"name\": \"test\", \"role\": \"member\"}")
                .post("/api/v1/teams/" + TEAM + "/api-keys")
                .jsonPath()
                .getString("apiKey");
        String searchId =
                callWith(key).body(REPLAY).post("/api/v1/searches").jsonPath().getString("searchId");
        await().until(this::isActive);

        callWith(key).post("/api/v1/searches/" + searchId + "/cancel");

        await().until(() -> !isActive());
    }

    private boolean isActive() {
        return database.withHandle(handle -> handle.createQuery("select active from pool_share where team = :team")
                .bind("team", TEAM)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }
}
