package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.attempts.AttemptLimit;
import io.stepsampler.analyzer.attempts.Verdict;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.ProbeMessages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends probes again whose trials brought nothing; after their attempts they are failed points. */
@Singleton
public final class Reissue {

    private static final Logger LOG = LoggerFactory.getLogger(Reissue.class);

    private final ProbeIssues issues;
    private final Rounds rounds;
    private final AttemptLimit limit;

    Reissue(ProbeIssues issues, Rounds rounds, @ConfigProperty(name = "stepsampler.attempts") int attempts) {
        this.issues = issues;
        this.rounds = rounds;
        this.limit = new AttemptLimit(attempts);
    }

    /** Nobody answers for these probes any more. */
    public void silent(Handle transaction, HeldSearch search, List<UUID> probeIds) {
        boolean ended = false;
        for (StoredProbe probe :
                probeIds.stream().map(search::open).flatMap(Optional::stream).toList()) {
            Verdict verdict = limit.silent(search.state(), probe.attempts());
            ended |= apply(transaction, search, probe, verdict, unanswered(search, probe));
        }
        if (ended) {
            rounds.advance(transaction, search);
        }
    }

    /**
     * A trial has ended; the first outcome of a probe wins.
     *
     * @return whether the curve has another outcome now
     */
    public boolean ended(Handle transaction, HeldSearch search, TrialEvent.Finished finished) {
        return search.open(finished.probeId())
                .map(probe -> apply(
                        transaction,
                        search,
                        probe,
                        limit.ended(finished.outcome(), finished.attempt(), probe.attempts()),
                        finished))
                .orElse(false);
    }

    /** Whether the probe ended with that. */
    private boolean apply(
            Handle transaction, HeldSearch search, StoredProbe probe, Verdict verdict, TrialEvent.Finished finished) {
        switch (verdict) {
            case END -> search.ended(finished);
            case AGAIN, AGAIN_ALONE ->
                send(transaction, search, probe, verdict == Verdict.AGAIN_ALONE, finished.outcome());
            case NOTHING -> LOG.debug("probe {} stays as it is", probe.probeId());
        }
        return verdict == Verdict.END;
    }

    private void send(Handle transaction, HeldSearch search, StoredProbe probe, boolean suspect, Outcome reason) {
        LOG.warn(
                "probe {} of search {} is sent again after {} starts: {}",
                probe.probeId(),
                search.search().searchId(),
                probe.attempts().starts(),
                reason);
        Probe again = ProbeMessages.furtherIssue(
                search.search(),
                probe.probe(),
                search.trials(),
                probe.attempts().issues() + 1,
                suspect);
        search.send(issues.message(transaction, search.search(), probe.probe(), again, search.probes()));
        search.issuedAgain(probe.probeId());
    }

    private static TrialEvent.Finished unanswered(HeldSearch search, StoredProbe probe) {
        Outcome outcome = new Outcome.Failed(
                Outcome.Code.CRASHED,
                null,
                null,
                "no worker answered after " + probe.attempts().starts() + " trials began");
        return new TrialEvent.Finished(
                probe.probeId(),
                search.search().searchId(),
                probe.attempts().issues(),
                "analyzer",
                Instant.now(),
                outcome,
                new TrialEvent.Cost(0, 0),
                new TrialEvent.Conditions("unknown", 0, Map.of(), null, null, null, List.of()));
    }
}
