package io.stepsampler.analyzer.storage;

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

    private final Map<UUID, Version> byId = new LinkedHashMap<>(MOST, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Version> eldest) {
            return size() > MOST;
        }
    };

    private record Version(long number, RememberedSearch search) {}

    /** Holds the rows of those that are known until the transaction ends. */
    public HeldSearches hold(Handle transaction, Collection<UUID> searchIds) {
        return HeldSearches.hold(transaction, this, searchIds);
    }

    synchronized Optional<RememberedSearch> find(UUID searchId, long version) {
        return Optional.ofNullable(byId.get(searchId))
                .filter(known -> known.number() == version)
                .map(Version::search);
    }

    synchronized void put(long version, RememberedSearch search) {
        if (search.losses() <= MOST_LOSSES) {
            byId.put(search.search().searchId(), new Version(version, search));
        }
    }

    synchronized void forget(UUID searchId) {
        byId.remove(searchId);
    }
}
