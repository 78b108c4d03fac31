package io.stepsampler.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who needs several rows takes them in one order: whoever waits for the first holds none of the others. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class LockOrderTest {

    /** Of no pool that is there, so that nothing else takes the rows. */
    private static final String POOL = "lock-order";

    /** The database puts this one first, and Java the other. */
    private static final UUID FIRST = UUID.fromString("1f000000-0000-4000-8000-000000000001");

    private static final UUID SECOND = UUID.fromString("e9000000-0000-4000-8000-000000000001");

    private static final String SEARCH = "select 1 from search where search_id = '%s'";
    private static final String SHARE = "select 1 from pool_share where pool = '" + POOL + "' and team = '%s'";

    @Inject
    Jdbi database;

    @Inject
    Progress progress;

    @AfterEach
    void forget() {
        database.useHandle(handle -> {
            for (String table : List.of("search", "usage", "pool_share")) {
                handle.execute("delete from " + table + " where pool = ?", POOL);
            }
        });
    }

    @Test
    void searchesWhoseBaselinesEndTogether() {
        UUID model = SearchCalls.submit(SearchCalls.REPLAY);
        // it must not take the room of others
        SearchCalls.call().post("/api/v1/searches/" + model + "/cancel");
        for (UUID searchId : List.of(FIRST, SECOND)) {
            database.useHandle(handle -> handle.createUpdate("insert into search"
                            + " (search_id, team, pool, name, specification, state, finding) select :searchId, team,"
                            + " :pool, name, specification, 'RUNNING', finding from search where search_id = :model")
                    .bind("searchId", searchId)
                    .bind("pool", POOL)
                    .bind("model", model)
                    .execute());
        }

        assertThat(isFreeWhile(
                        () -> progress.trialsEnded(List.of(ended(SECOND), ended(FIRST))),
                        SEARCH.formatted(FIRST),
                        SEARCH.formatted(SECOND)))
                .isTrue();
    }

    @Test
    void sharesOfAPool() {
        for (String team : List.of("second", "first")) {
            database.useHandle(
                    handle -> handle.createUpdate("insert into pool_share (pool, team, used) values (:pool, :team, 1)")
                            .bind("pool", POOL)
                            .bind("team", team)
                            .execute());
        }

        assertThat(isFreeWhile(
                        () -> database.useTransaction(transaction -> PoolStore.shares(transaction, POOL, team -> 1)),
                        SHARE.formatted("first"),
                        SHARE.formatted("second")))
                .isTrue();
    }

    /** Whether {@code other} can be had, while the work waits for {@code held}. */
    private boolean isFreeWhile(Runnable work, String held, String other) {
        try (Handle holder = database.open()) {
            holder.begin();
            holder.createQuery(held + " for update").mapTo(Integer.class).one();
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(work);
            await().until(this::somebodyWaitsForALock);
            boolean isFree = database.inTransaction(transaction -> transaction
                    .createQuery(other + " for update skip locked")
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
            holder.commit();
            waiting.join();
            return isFree;
        }
    }

    private boolean somebodyWaitsForALock() {
        return database.withHandle(
                handle -> handle.createQuery("select exists (select 1 from pg_locks where not granted)")
                        .mapTo(Boolean.class)
                        .one());
    }

    private static TrialEvent.Finished ended(UUID searchId) {
        return new TrialEvent.Finished(
                UUID.randomUUID(),
                searchId,
                1,
                "worker",
                Instant.now(),
                new Outcome.Measured(0.7, List.of()),
                new TrialEvent.Cost(20, 1),
                ReportedTrials.conditions("content"));
    }
}
