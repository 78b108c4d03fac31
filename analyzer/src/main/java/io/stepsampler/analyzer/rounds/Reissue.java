package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.method.Trial;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends probes again that nobody answers; after their attempts they are failed points. */
@Singleton
public final class Reissue {

    private static final Logger LOG = LoggerFactory.getLogger(Reissue.class);

    private final TopicNames topics;
    private final Rounds rounds;
    private final int attempts;

    Reissue(TopicNames topics, Rounds rounds, @ConfigProperty(name = "stepsampler.attempts") int attempts) {
        this.topics = topics;
        this.rounds = rounds;
        this.attempts = attempts;
    }

    /** The search's row must be locked by this transaction. */
    public void apply(Handle transaction, StoredSearch search, List<StoredProbe> probes) {
        List<Trial> history = ProbeStore.ofSearch(transaction, search.search().searchId()).stream()
                .map(StoredProbe::trial)
                .toList();
        boolean ended = false;
        for (StoredProbe probe : probes) {
            LOG.warn(
                    "probe {} of search {} is overdue after {} starts",
                    probe.probeId(),
                    search.search().searchId(),
                    probe.starts());
            if (probe.starts() >= attempts) {
                ended |= ProbeStore.finished(transaction, unanswered(search, probe));
            } else {
                send(transaction, search, probe, history);
            }
        }
        if (ended) {
            rounds.advance(transaction, search);
        }
    }

    private void send(Handle transaction, StoredSearch search, StoredProbe probe, List<Trial> history) {
        Probe again = ProbeMessages.furtherIssue(
                search.search(), probe.probe(), history, probe.issues() + 1, probe.starts() > 0);
        ProbeStore.issuedAgain(transaction, probe.probeId());
        Outbox.add(transaction, OutgoingMessage.json(topics.probes(again.pool()), again.probeId(), again));
    }

    private TrialEvent.Finished unanswered(StoredSearch search, StoredProbe probe) {
        Outcome outcome = new Outcome.Failed(
                Outcome.Code.CRASHED, null, null, "no worker answered after " + probe.starts() + " trials began");
        return new TrialEvent.Finished(
                probe.probeId(),
                search.search().searchId(),
                probe.issues(),
                "analyzer",
                Instant.now(),
                outcome,
                new TrialEvent.Cost(0, 0),
                new TrialEvent.Conditions("unknown", 0, Map.of(), null, null, null));
    }
}
