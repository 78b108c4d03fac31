package io.stepsampler.analyzer.messaging;

import io.stepsampler.analyzer.rounds.Reissue;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a trial's start and end change, whether they come from the topic, from the early ones or from this service. */
@Singleton
public final class TrialEvents {

    private final RememberedSearches searches;
    private final Reissue reissue;
    private final Rounds rounds;

    TrialEvents(RememberedSearches searches, Reissue reissue, Rounds rounds) {
        this.searches = searches;
        this.reissue = reissue;
        this.rounds = rounds;
    }

    /** In any order between searches: what was decided of one concerns no other. */
    public void apply(Handle transaction, Collection<TrialEvent> events) {
        Map<UUID, List<TrialEvent>> bySearch = events.stream().collect(Collectors.groupingBy(TrialEvent::searchId));
        HeldSearches held = searches.hold(transaction, bySearch.keySet());
        bySearch.forEach((searchId, ofSearch) -> held.find(searchId)
                .ifPresentOrElse(
                        search -> apply(search, ofSearch),
                        () -> ofSearch.forEach(event -> SearchStore.keepEarly(transaction, event))));
        rounds.settle(transaction, held);
    }

    /** What came together is decided on together, but what follows from a decision may be among it already. */
    void apply(HeldSearch search, List<TrialEvent> events) {
        for (TrialEvent event : events) {
            // the coordinator sends the first round, which this service plans only now
            if (search.awaitsDecision() && !search.isPlanned(event.probeId())) {
                rounds.advance(search);
            }
            if (search.state().isFinal()) {
                return;
            }
            if (event instanceof TrialEvent.Finished finished) {
                reissue.ended(search, finished);
            } else {
                search.begun(event.probeId());
            }
        }
    }
}
