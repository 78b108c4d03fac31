package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.method.Answer;
import io.stepsampler.method.Decision;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Applies what the method decides after an outcome: plans and sends the next round, or ends the search; either way the
 * curve is published anew. The baseline and the first rates are planned here and sent by the coordinator, which says
 * when a search may take room in the queue.
 */
@Singleton
public final class Rounds {

    private static final int FIRST_ROUND = 1;

    private final TopicNames topics;
    private final ProbeIssues issues;

    public Rounds(TopicNames topics, ProbeIssues issues) {
        this.topics = topics;
        this.issues = issues;
    }

    /** Decides on the searches with new outcomes, and writes all that has changed and follows from it. */
    public void settle(Handle transaction, HeldSearches held) {
        // nearly all of the time goes here, and each decision concerns its own search alone
        held.all().parallelStream().filter(HeldSearch::awaitsDecision).forEach(this::advance);
        issues.send(transaction, held.all());
        held.write();
    }

    /** Decides on the outcomes by now, in memory. */
    public void advance(HeldSearch search) {
        Decision decision = StepSampling.decide(search.settings(), search.trials());
        if (decision instanceof Decision.Ask ask) {
            ask(search, ask);
        }
        publish(search, decision.answer());
    }

    private static void ask(HeldSearch search, Decision.Ask ask) {
        List<StoredProbe> others = search.probes();
        List<Trial> history = search.trials();
        for (PlannedProbe planned : ask.probes()) {
            search.plan(planned);
            if (ask.round() > FIRST_ROUND) {
                Probe probe = ProbeMessages.firstIssue(search.search(), planned, history);
                search.issue(ProbeIssues.issue(planned, probe, others));
            }
        }
    }

    private void publish(HeldSearch search, Answer answer) {
        search.curveChanged(answer.state().isFinal() ? answer.state() : SearchState.RUNNING);
        UUID searchId = search.search().searchId();
        CurveUpdate update =
                new CurveUpdate(searchId, search.search().team(), search.curveRevision(), Findings.of(search, answer));
        search.send(OutgoingMessage.json(topics.curves(), searchId, update));
    }
}
