package io.stepsampler.analyzer.messaging;

import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a trial's start and end change, whether they come from the topic, from the early ones or from this service. */
@Singleton
public final class TrialEvents {

    private final Rounds rounds;

    TrialEvents(Rounds rounds) {
        this.rounds = rounds;
    }

    public void apply(Handle transaction, TrialEvent event) {
        Optional<StoredSearch> search = SearchStore.lock(transaction, event.searchId());
        if (search.isEmpty()) {
            SearchStore.keepEarly(transaction, event);
            return;
        }
        if (search.get().state().isFinal()) {
            return;
        }
        if (event instanceof TrialEvent.Finished finished) {
            if (ProbeStore.finished(transaction, finished)) {
                rounds.advance(transaction, search.get());
            }
            return;
        }
        ProbeStore.started(transaction, event.probeId());
    }
}
