package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.method.Answer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Ends searches with which this service cannot go on because of a bug in it: a clear end instead of a wait for ever.
 * Reads nothing but the search's row, since whatever else it would read may be what the bug stumbled over.
 */
@Singleton
public final class BrokenSearches {

    private final Jdbi database;
    private final TopicNames topics;

    BrokenSearches(Jdbi database, TopicNames topics) {
        this.database = database;
        this.topics = topics;
    }

    /** A search that was not even taken in. */
    public void end(Search search, RuntimeException bug) {
        database.useTransaction(transaction -> {
            SearchStore.insert(transaction, search);
            end(transaction, search.searchId(), bug);
        });
    }

    public void end(UUID searchId, RuntimeException bug) {
        database.useTransaction(transaction -> end(transaction, searchId, bug));
    }

    private void end(Handle transaction, UUID searchId, RuntimeException bug) {
        SearchStore.lock(transaction, searchId)
                .filter(search -> !search.state().isFinal())
                .ifPresent(search -> end(transaction, search, bug));
    }

    private void end(Handle transaction, StoredSearch stored, RuntimeException bug) {
        Search search = stored.search();
        long curveRevision = stored.curveRevision() + 1;
        ProbeStore.cancelOpen(transaction, search.searchId());
        SearchStore.fail(transaction, search.searchId());
        Finding finding =
                answer(bug).finding(search.searchId(), search.specification().name(), null, null, null);
        CurveUpdate update = new CurveUpdate(search.searchId(), search.team(), curveRevision, finding);
        Outbox.add(transaction, OutgoingMessage.json(topics.curves(), search.searchId(), update));
    }

    private static Answer answer(RuntimeException bug) {
        Finding.Failure failure = new Finding.Failure(
                Outcome.Code.CRASHED, null, null, "the analyzer could not go on with this search: " + bug);
        return Answer.none(SearchState.FAILED, List.of(), List.of(), failure);
    }
}
