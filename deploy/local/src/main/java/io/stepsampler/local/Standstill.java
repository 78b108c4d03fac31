package io.stepsampler.local;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notices that a search has not moved for a while, once each time. */
final class Standstill {

    private final Duration patience;
    private @Nullable Place place;
    private Instant since = Instant.MIN;
    private boolean noticed;

    Standstill(Duration patience) {
        this.patience = patience;
    }

    /** How far a search is. */
    private record Place(SearchState state, Finding.@Nullable Progress progress) {}

    /** Whether it has just lasted too long. */
    boolean isNoticed(Finding finding, Instant now) {
        Place found = new Place(finding.state(), finding.progress());
        if (!found.equals(place)) {
            place = found;
            since = now;
            noticed = false;
        }
        boolean isNew = !noticed && !now.isBefore(since.plus(patience));
        noticed |= isNew;
        return isNew;
    }
}
