package io.stepsampler.analyzer.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.analyzer.rounds.BrokenSearches;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.StepSampling;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A search was admitted or cancelled. */
@ApplicationScoped
public class SearchHandler {

    private final IncomingRecords records;
    private final Jdbi database;
    private final RememberedSearches searches;
    private final TrialEvents trialEvents;
    private final Rounds rounds;
    private final BrokenSearches broken;

    SearchHandler(
            IncomingRecords records,
            Jdbi database,
            RememberedSearches searches,
            TrialEvents trialEvents,
            Rounds rounds,
            BrokenSearches broken) {
        this.records = records;
        this.database = database;
        this.searches = searches;
        this.trialEvents = trialEvents;
        this.rounds = rounds;
        this.broken = broken;
    }

    @Incoming("searches")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        records.handle(record, Search.class, this::apply, broken::end);
    }

    private void apply(Search search) {
        database.useTransaction(transaction -> apply(transaction, search));
    }

    private void apply(Handle transaction, Search search) {
        SearchStore.lockArrival(transaction, search.searchId());
        boolean isNew = SearchStore.insert(transaction, search);
        HeldSearches held = searches.hold(transaction, List.of(search.searchId()));
        HeldSearch known = held.find(search.searchId()).orElseThrow();
        // taken of a search that is over already too: nobody would take them later
        List<TrialEvent> early = isNew ? SearchStore.takeEarly(transaction, search.searchId()) : List.of();
        if (isNew && search.state() == SearchState.RUNNING) {
            known.plan(StepSampling.baseline(known.settings()));
            trialEvents.apply(known, early);
            rounds.settle(transaction, held);
            return;
        }
        boolean cancels = search.state() == SearchState.CANCELLED
                && search.revision() > known.search().revision();
        if (cancels && !known.state().isFinal()) {
            SearchStore.cancel(transaction, search);
            ProbeStore.cancelOpen(transaction, search.searchId());
        }
    }
}
