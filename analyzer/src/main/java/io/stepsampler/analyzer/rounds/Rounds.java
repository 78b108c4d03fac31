package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Search;
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

    /** The search's row must be locked by this transaction. */
    public void advance(Handle transaction, StoredSearch search) {
        UUID searchId = search.search().searchId();
        List<StoredProbe> probes = ProbeStore.ofSearch(transaction, searchId);
        Decision decision = StepSampling.decide(
                search.settings(), probes.stream().map(StoredProbe::trial).toList());
        if (decision instanceof Decision.Ask ask) {
            ask(transaction, search.search(), ask, probes);
            probes = ProbeStore.ofSearch(transaction, searchId);
        }
        publish(transaction, search, probes, decision.answer());
    }

    private void ask(Handle transaction, Search search, Decision.Ask ask, List<StoredProbe> others) {
        List<Trial> history = others.stream().map(StoredProbe::trial).toList();
        for (PlannedProbe planned : ask.probes()) {
            ProbeStore.plan(transaction, search, planned);
            if (ask.round() > FIRST_ROUND) {
                issues.send(transaction, search, planned, ProbeMessages.firstIssue(search, planned, history), others);
            }
        }
    }

    private void publish(Handle transaction, StoredSearch search, List<StoredProbe> probes, Answer answer) {
        UUID searchId = search.search().searchId();
        SearchState state = answer.state().isFinal() ? answer.state() : SearchState.RUNNING;
        SearchStore.advance(transaction, searchId, state);
        CurveUpdate update = new CurveUpdate(
                searchId, search.search().team(), search.curveRevision() + 1, Findings.of(search, probes, answer));
        Outbox.add(transaction, OutgoingMessage.json(topics.curves(), searchId, update));
    }
}
