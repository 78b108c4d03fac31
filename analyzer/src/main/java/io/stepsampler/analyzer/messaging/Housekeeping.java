package io.stepsampler.analyzer.messaging;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.delivery.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** Forgets what has served. */
@ApplicationScoped
public class Housekeeping {

    /** Longer than the topics keep their records: what has not come by then does not come. */
    private static final int MESSAGE_DAYS = 14;

    private static final int SEARCHES_AT_ONCE = 50;
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Jdbi database;
    private final Duration trialsKept;

    Housekeeping(Jdbi database, @ConfigProperty(name = "stepsampler.retention.trials") Duration trialsKept) {
        this.database = database;
        this.trialsKept = trialsKept;
    }

    void check(@Observes StartupEvent event) {
        if (trialsKept.compareTo(SHORTEST) < 0 || trialsKept.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("stepsampler.retention.trials is " + trialsKept + "; must be a duration"
                    + " such as P90D, from " + SHORTEST + " to P" + LONGEST.toDays() + "D");
        }
    }

    @Scheduled(every = "1h")
    void forgetOldMessages() {
        database.useTransaction(transaction -> Inbox.forget(transaction, MESSAGE_DAYS));
        database.useTransaction(transaction -> SearchStore.forgetEarly(transaction, MESSAGE_DAYS));
    }

    /** With their outcomes, as the coordinator forgets its own of them. The searches stay. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOldTrials() {
        int searches = SEARCHES_AT_ONCE;
        while (searches == SEARCHES_AT_ONCE) {
            searches = database.inTransaction(
                    transaction -> ProbeStore.deleteOld(transaction, trialsKept, SEARCHES_AT_ONCE));
        }
    }
}
