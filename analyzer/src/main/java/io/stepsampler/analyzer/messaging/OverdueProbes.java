package io.stepsampler.analyzer.messaging;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.analyzer.rounds.BrokenSearches;
import io.stepsampler.analyzer.rounds.Reissue;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.delivery.Patience;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds probes that no worker will answer any more and sends them again, by the database's clock. A trial is overdue a
 * minute after its limit; a probe of which no trial began, when it has waited a minute and its queue has been empty for
 * a minute. Everything else is the queue's own affair.
 */
@ApplicationScoped
public class OverdueProbes {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueProbes.class);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Jdbi database;
    private final RememberedSearches searches;
    private final ProbeQueues queues;
    private final Reissue reissue;
    private final Rounds rounds;
    private final BrokenSearches broken;
    private final double overdueSeconds;

    OverdueProbes(
            Jdbi database,
            RememberedSearches searches,
            ProbeQueues queues,
            Reissue reissue,
            Rounds rounds,
            BrokenSearches broken,
            @ConfigProperty(name = "stepsampler.trial-limit") Duration trialLimit) {
        this.database = database;
        this.searches = searches;
        this.queues = queues;
        this.reissue = reissue;
        this.rounds = rounds;
        this.broken = broken;
        this.overdueSeconds = trialLimit.plus(GRACE).toSeconds();
    }

    @Scheduled(
            every = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void check() throws InterruptedException, ExecutionException {
        List<UUID> overdue =
                database.withHandle(handle -> ProbeStore.searchesWithOverdueTrials(handle, overdueSeconds));
        for (UUID searchId : overdue) {
            again(searchId, transaction -> ProbeStore.overdueTrials(transaction, searchId, overdueSeconds));
        }
        for (String pool : database.withHandle(ProbeStore::poolsWithOpenProbes)) {
            if (queues.emptyFor(pool).compareTo(GRACE) > 0) {
                resendUnstarted(pool);
            }
        }
    }

    private void resendUnstarted(String pool) {
        double silentSeconds = GRACE.toSeconds();
        List<UUID> silent =
                database.withHandle(handle -> ProbeStore.searchesWithUnstartedProbes(handle, pool, silentSeconds));
        for (UUID searchId : silent) {
            again(searchId, transaction -> ProbeStore.unstarted(transaction, searchId, silentSeconds));
        }
    }

    private void again(UUID searchId, Function<Handle, List<UUID>> probeIds) {
        try {
            database.useTransaction(transaction -> {
                HeldSearches held = searches.hold(transaction, List.of(searchId));
                HeldSearch search = held.find(searchId).orElseThrow();
                reissue.silent(search, probeIds.apply(transaction));
                rounds.settle(transaction, held);
            });
        } catch (RuntimeException e) {
            if (Patience.isAway(e)) {
                throw e;
            }
            LOG.error("search {} cannot go on", searchId, e);
            broken.end(searchId, e);
        }
    }
}
