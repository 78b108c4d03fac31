package io.stepsampler.analyzer.messaging;

import io.stepsampler.analyzer.rounds.Reissue;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a trial's start and end change, whether they come from the topic, from the early ones or from this service. */
@Singleton
public final class TrialEvents {

    private final Reissue reissue;

    TrialEvents(Reissue reissue) {
        this.reissue = reissue;
    }

    public void apply(Handle transaction, TrialEvent event) {
        known(transaction, event.searchId())
                .ifPresentOrElse(
                        search -> apply(transaction, search, event), () -> SearchStore.keepEarly(transaction, event));
    }

    private static Optional<StoredSearch> known(Handle transaction, UUID searchId) {
        Optional<StoredSearch> search = SearchStore.lock(transaction, searchId);
        if (search.isPresent()) {
            return search;
        }
        SearchStore.lockArrival(transaction, searchId);
        return SearchStore.lock(transaction, searchId);
    }

    private void apply(Handle transaction, StoredSearch search, TrialEvent event) {
        if (search.state().isFinal()) {
            return;
        }
        if (event instanceof TrialEvent.Finished finished) {
            reissue.ended(transaction, search, finished);
            return;
        }
        ProbeStore.started(transaction, event.probeId());
    }
}
