package io.stepsampler.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.admission.Waiting;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.WorkerState;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the database finds what waits for a pool behind a long queue. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class PoolStoreTest {

    /** Not declared, so that nothing of it starts. */
    private static final String POOL = "long-queue";

    @Inject
    Jdbi database;

    @BeforeEach
    void storeALongQueue() {
        database.useHandle(handle -> {
            handle.createUpdate(
                            "insert into search (search_id, team, pool, specification, state, finding, submitted_at)"
                                    + " select gen_random_uuid(), 'queuing-' || number % 3, :pool, '{}', 'QUEUED', '{}',"
                                    + " timestamptz '2026-01-01Z' + make_interval(secs => number)"
                                    + " from generate_series(1, 10000) number")
                    .bind("pool", POOL)
                    .execute();
            handle.execute("vacuum analyze search");
        });
    }

    @AfterEach
    void forget() {
        database.useHandle(handle -> handle.createUpdate("delete from search where pool = :pool")
                .bind("pool", POOL)
                .execute());
    }

    @Test
    void theOldestOfEachTeamWaits() {
        List<Waiting> waiting = database.withHandle(handle -> PoolStore.waiting(handle, POOL));

        assertThat(waiting).extracting(Waiting::team).containsExactly("queuing-0", "queuing-1", "queuing-2");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(waiting)
                .extracting(Waiting::submittedAt)
                .containsExactly(start.plusSeconds(3), start.plusSeconds(1), start.plusSeconds(2));
        List<Waiting> none = database.withHandle(handle -> PoolStore.waiting(handle, "no-such-pool"));
        assertThat(none).isEmpty();
    }

    @Test
    void whatItCostsToLookFollowsTheTeamsAndNotTheQueue() {
        List<String> plan =
                database.withHandle(handle -> handle.createQuery("explain (analyze, buffers off) " + PoolStore.WAITING)
                        .bind("pool", POOL)
                        .mapTo(String.class)
                        .list());

        assertThat(String.join("\n", plan))
                .contains("using search_waiting_of_team")
                .doesNotContain("Seq Scan", "Sort", "Filter", "rows=10000", "rows=3333");
    }

    @Test
    void aWorkerThatWasSilentForADayIsForgotten() {
        database.useTransaction(transaction -> {
            PoolStore.seen(transaction, worker("gone"));
            PoolStore.seen(transaction, worker("silent"));
            transaction.execute("update worker set seen_at = now() - interval '25 hours' where worker_id = 'gone'");
            transaction.execute("update worker set seen_at = now() - interval '23 hours' where worker_id = 'silent'");

            PoolStore.forgetGoneWorkers(transaction);

            assertThat(transaction
                            .createQuery("select worker_id from worker where pool = :pool")
                            .bind("pool", POOL)
                            .mapTo(String.class)
                            .list())
                    .containsExactly("silent");
            transaction.rollback();
        });
    }

    private static WorkerState worker(String workerId) {
        return new WorkerState(workerId, POOL, 1, 0, "cpu", "test", Instant.now());
    }
}
