package io.stepsampler.analyzer.messaging;

import io.stepsampler.analyzer.rounds.Reissue;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.ProbeStore;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a trial's start and end change, whether they come from the topic, from the early ones or from this service. */
@Singleton
public final class TrialEvents {

    private final Reissue reissue;
    private final Rounds rounds;

    TrialEvents(Reissue reissue, Rounds rounds) {
        this.reissue = reissue;
        this.rounds = rounds;
    }

    /** In any order between searches: what was decided of one concerns no other. */
    public void apply(Handle transaction, Collection<TrialEvent> events) {
        // rows are locked in one order by all, or two transactions would wait for each other
        Map<UUID, List<TrialEvent>> bySearch =
                events.stream().collect(Collectors.groupingBy(TrialEvent::searchId, TreeMap::new, Collectors.toList()));
        bySearch.forEach((searchId, ofSearch) -> apply(transaction, searchId, ofSearch));
    }

    private void apply(Handle transaction, UUID searchId, List<TrialEvent> events) {
        known(transaction, searchId)
                .ifPresentOrElse(
                        search -> apply(transaction, search, events),
                        () -> events.forEach(event -> SearchStore.keepEarly(transaction, event)));
    }

    private static Optional<StoredSearch> known(Handle transaction, UUID searchId) {
        Optional<StoredSearch> search = SearchStore.lock(transaction, searchId);
        if (search.isPresent()) {
            return search;
        }
        SearchStore.lockArrival(transaction, searchId);
        return SearchStore.lock(transaction, searchId);
    }

    /** What came together is decided on together, but what follows from a decision may be among it already. */
    private void apply(Handle transaction, StoredSearch search, List<TrialEvent> events) {
        if (search.state().isFinal()) {
            return;
        }
        boolean ended = false;
        for (int next = 0; next < events.size(); next++) {
            TrialEvent event = events.get(next);
            // the coordinator sends the first round, which this service plans only now
            if (ended && !ProbeStore.isPlanned(transaction, event.probeId())) {
                rounds.advance(transaction, search);
                apply(transaction, event.searchId(), events.subList(next, events.size()));
                return;
            }
            if (event instanceof TrialEvent.Finished finished) {
                ended |= reissue.ended(transaction, search, finished);
            } else {
                ProbeStore.started(transaction, event.probeId());
            }
        }
        if (ended) {
            rounds.advance(transaction, search);
        }
    }
}
