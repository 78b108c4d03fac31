package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.WorkerState;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What a team is told that has as much as it may. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class TeamLimitsTest {

    @Inject
    Jdbi database;

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aTeamWithAsManyWaitingSearchesAsItMayIsToldToComeBack() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesQueued: 2, searchesRunning: 0}");
        String member = DeclaredCalls.key(name, Role.MEMBER);
        callWith(member).header("Idempotency-Key", "1").body(REPLAY).post("/api/v1/searches");
        callWith(member).header("Idempotency-Key", "2").body(REPLAY).post("/api/v1/searches");

        Response full =
                callWith(member).header("Idempotency-Key", "3").body(REPLAY).post("/api/v1/searches");
        Response known =
                callWith(member).header("Idempotency-Key", "2").body(REPLAY).post("/api/v1/searches");

        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.header("Retry-After")).isEqualTo("30");
        assertThat(full.contentType()).isEqualTo("application/problem+json");
        assertThat(full.jsonPath().getString("detail"))
                .isEqualTo("limits.searchesQueued is 2; as many searches of team " + name
                        + " wait already; try again when some have started");
        assertThat(known.statusCode()).isEqualTo(201);
        assertThat(known.jsonPath().getString("state")).isEqualTo("QUEUED");
    }

    /** Both ask for the last place before either has it. */
    @Test
    void theSameRequestTwiceAtOnceTakesTheLastPlaceOnce() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesQueued: 1, searchesRunning: 0}");
        String member = DeclaredCalls.key(name, Role.MEMBER);

        List<CompletableFuture<Response>> sent = database.inTransaction(transaction -> {
            LoadStore.lockTeams(transaction, List.of(name));
            List<CompletableFuture<Response>> waiting = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> callWith(member)
                                    .header("Idempotency-Key", "1")
                                    .body(REPLAY)
                                    .post("/api/v1/searches")))
                    .limit(2)
                    .toList();
            await().until(() -> waitingForLocks() >= 2);
            return waiting;
        });

        assertThat(sent.stream()
                        .map(CompletableFuture::join)
                        .map(answer ->
                                answer.statusCode() + " " + answer.jsonPath().getString("searchId"))
                        .distinct())
                .hasSize(1)
                .allMatch(answer -> answer.startsWith("201 "));
    }

    private int waitingForLocks() {
        return database.withHandle(handle -> handle.createQuery("select count(*) from pg_locks where not granted")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void whatItIsToldThenIsAsTheApiIsDescribed() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesQueued: 1, searchesRunning: 0}");
        String admin = DeclaredCalls.key(name, Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/nightly", DeclaredCalls.TEMPLATE);
        String searchId =
                callWith(admin).body(REPLAY).post("/api/v1/searches").jsonPath().getString("searchId");

        assertThatIsDescribed(
                "POST /api/v1/searches", callWith(admin).body(REPLAY).post("/api/v1/searches"));
        assertThatIsDescribed(
                "POST /api/v1/searches/{searchId}/rerun",
                callWith(admin).post("/api/v1/searches/" + searchId + "/rerun"));
        assertThatIsDescribed(
                "POST /api/v1/templates/{template}/searches",
                callWith(admin).body("{\"uri\": \"/c.csv\"}").post("/api/v1/templates/nightly/searches"));
    }

    private static void assertThatIsDescribed(String operation, Response tooMany) {
        OpenApiDocument document = OpenApiTest.document();
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isNotNull();
        assertThat(document.faults(operation, 429, tooMany.contentType(), tooMany.asString()))
                .isEmpty();
        assertThat(document.answer(operation, 429).at("/headers/Retry-After").isMissingNode())
                .isFalse();
    }

    /** The baseline is sent when a search starts, and the limit counts probes that were sent. */
    @Test
    void theBaselineOfASearchIsAProbeToo() {
        giveRoom();
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {probesOutstanding: 1}");
        String member = DeclaredCalls.key(name, Role.MEMBER);

        Response first = callWith(member).body(REPLAY).post("/api/v1/searches");
        Response second = callWith(member).body(REPLAY).post("/api/v1/searches");

        assertThat(first.jsonPath().getString("state")).isEqualTo("RUNNING");
        assertThat(second.jsonPath().getString("state")).isEqualTo("QUEUED");
    }

    /** Each pool starts its searches by itself: one that has counted must have started before another one counts. */
    @Test
    void aLimitHoldsForAllPoolsTogether() {
        giveRoom();
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {searchesRunning: 1}");
        String member = DeclaredCalls.key(name, Role.MEMBER);

        CompletableFuture<Response> search = database.inTransaction(transaction -> {
            LoadStore.lockTeams(transaction, List.of(name));
            CompletableFuture<Response> sent = CompletableFuture.supplyAsync(
                    () -> callWith(member).body(REPLAY).post("/api/v1/searches"));
            assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(LoadStore.ofTeam(transaction, name).searchesQueued()).isEqualTo(1);
            return sent;
        });

        assertThat(search.join().jsonPath().getString("state")).isEqualTo("RUNNING");
    }

    /** What comes after it was stored is for a later turn. */
    @Test
    void aSearchThatIsTakenInIsAnsweredThoughItCannotStartNow() {
        giveRoom();
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "");
        String member = DeclaredCalls.key(name, Role.MEMBER);
        database.useHandle(handle -> handle.execute("alter table pool_time rename to pool_time_away"));
        Response search;
        try {
            search = callWith(member).body(REPLAY).post("/api/v1/searches");
        } finally {
            database.useHandle(handle -> handle.execute("alter table pool_time_away rename to pool_time"));
        }

        assertThat(search.statusCode()).isEqualTo(201);
        assertThat(search.jsonPath().getString("state")).isEqualTo("QUEUED");
        String searchId = search.jsonPath().getString("searchId");
        await().until(() -> callWith(member)
                .get("/api/v1/searches/" + searchId)
                .jsonPath()
                .getString("state")
                .equals("RUNNING"));
    }

    private void giveRoom() {
        database.useTransaction(transaction -> PoolStore.seen(
                transaction, new WorkerState("worker", "default", 1000, 0, "cpu", "test", Instant.now())));
    }

    @Test
    void aTeamThatSendsMoreRequestsThanItMayIsToldWhenToComeBack() {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + name, "limits: {requestsPerSecond: 0.01}");
        String viewer = DeclaredCalls.key(name, Role.VIEWER);

        int first = callWith(viewer).get("/api/v1/searches").statusCode();
        Response second = callWith(viewer).get("/api/v1/searches");

        assertThat(first).isEqualTo(200);
        assertThatIsDescribed("GET /api/v1/searches", second);
        assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(90, 100);
        assertThat(second.jsonPath().getString("detail"))
                .isEqualTo("team " + name + " may send 0.01 requests a second");
        assertThat(call().get("/api/v1/searches").statusCode()).isEqualTo(200);
    }
}
