package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Search;
import java.time.Instant;

/**
 * A search: the one place where its final state is.
 *
 * @param search as it is sent to the others, with this service's state and revision
 * @param curveRevision of the last curve that was taken
 * @param gridSent whether the coarse grid was sent
 * @param finding the answer as far as it is known, with the search's state
 */
public record StoredSearch(Search search, long curveRevision, boolean gridSent, Finding finding, Instant submittedAt) {

    /** Changes whenever the finding does. */
    public SearchStore.Version version() {
        return new SearchStore.Version(search.revision(), curveRevision);
    }
}
