package io.stepsampler.coordinator.searches;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.storage.DeliveryStore;
import io.stepsampler.coordinator.storage.IdempotencyStore;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.coordinator.storage.TrialStore;
import io.stepsampler.coordinator.storage.WebhookStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Forgets what serves no longer. */
@ApplicationScoped
public class Housekeeping {

    /** Few enough that a transaction with their trials is short. */
    private static final int SEARCHES_AT_ONCE = 50;

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Jdbi database;
    private final Duration trialsKept;

    Housekeeping(Jdbi database, RetentionSettings settings) {
        this.database = database;
        this.trialsKept = settings.trials();
    }

    void check(@Observes StartupEvent event) {
        if (trialsKept.compareTo(SHORTEST) < 0 || trialsKept.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("stepsampler.retention.trials is " + trialsKept + "; must be a duration"
                    + " such as P90D, from " + SHORTEST + " to P" + LONGEST.toDays() + "D");
        }
    }

    @Scheduled(every = "1h")
    void forgetOldKeys() {
        database.useTransaction(IdempotencyStore::forgetOld);
    }

    @Scheduled(every = "1h")
    public void forgetGoneWorkers() {
        database.useTransaction(PoolStore::forgetGoneWorkers);
    }

    /** The searches, their findings and their usage stay. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void forgetOldTrials() {
        int searches = SEARCHES_AT_ONCE;
        while (searches == SEARCHES_AT_ONCE) {
            searches = database.inTransaction(
                    transaction -> TrialStore.deleteOld(transaction, trialsKept, SEARCHES_AT_ONCE));
        }
    }

    @Scheduled(every = "1h")
    void forgetOldDeliveries() {
        database.useTransaction(DeliveryStore::forgetOld);
        database.useTransaction(WebhookStore::forgetFormerSecrets);
    }
}
