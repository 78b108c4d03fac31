package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.storage.SearchStore.Standing;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Searches that this service has dealt with lately, so that it does not read their curves anew with each outcome. The
 * database's version says whether what is remembered still holds: another service may have gone on with the search.
 */
@Singleton
public final class RememberedSearches {

    private static final int MOST = 100;

    /** A search with more is read each time: its trials are long, and the memory is better spent on others. */
    private static final int MOST_LOSSES = 10_000;

    private final Map<UUID, Remembered> byId = new LinkedHashMap<>(MOST, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Remembered> eldest) {
            return size() > MOST;
        }
    };

    private record Remembered(long version, long curveRevision, RememberedSearch search) {}

    /** Holds the rows of those that are known until the transaction ends. */
    public HeldSearches hold(Handle transaction, Collection<UUID> searchIds) {
        return HeldSearches.hold(transaction, this, searchIds);
    }

    synchronized Optional<RememberedSearch> find(UUID searchId, Standing standing) {
        // services from before there was a version raise the curve's revision alone
        return Optional.ofNullable(byId.get(searchId))
                .filter(known -> known.version() == standing.version())
                .filter(known -> known.curveRevision() == standing.curveRevision())
                .map(Remembered::search);
    }

    synchronized void put(RememberedSearch search, long version, long curveRevision) {
        if (search.losses() <= MOST_LOSSES) {
            byId.put(search.search().searchId(), new Remembered(version, curveRevision, search));
        }
    }

    synchronized void forget(UUID searchId) {
        byId.remove(searchId);
    }
}
