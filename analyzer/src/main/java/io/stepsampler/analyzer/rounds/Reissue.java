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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends probes again whose trials brought nothing; after their attempts they are failed points. */
@Singleton
public final class Reissue {

    private static final Logger LOG = LoggerFactory.getLogger(Reissue.class);

    private final AttemptLimit limit;

    Reissue(@ConfigProperty(name = "stepsampler.attempts") int attempts) {
        this.limit = new AttemptLimit(attempts);
    }

    /** Nobody answers for these probes any more. */
    public void silent(HeldSearch search, List<UUID> probeIds) {
        probeIds.stream().map(search::open).flatMap(Optional::stream).forEach(probe -> {
            Verdict verdict = limit.silent(search.state(), probe.attempts());
            apply(search, probe, verdict, unanswered(search, probe));
        });
    }

    /** A trial has ended; the first outcome of a probe wins. */
    public void ended(HeldSearch search, TrialEvent.Finished finished) {
        search.open(finished.probeId()).ifPresent(probe -> {
            Verdict verdict = limit.ended(finished.outcome(), finished.attempt(), probe.attempts());
            apply(search, probe, verdict, finished);
        });
    }

    private static void apply(HeldSearch search, StoredProbe probe, Verdict verdict, TrialEvent.Finished finished) {
        switch (verdict) {
            case END -> search.ended(finished);
            case AGAIN, AGAIN_ALONE -> send(search, probe, verdict == Verdict.AGAIN_ALONE, finished.outcome());
            case NOTHING -> LOG.debug("probe {} stays as it is", probe.probeId());
        }
    }

    private static void send(HeldSearch search, StoredProbe probe, boolean suspect, Outcome reason) {
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
        search.issue(ProbeIssues.issue(probe.probe(), again, search.probes()));
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
