package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredSearch;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The searches of the caller's team, by what stands in a path. */
@RequestScoped
class StoredSearches {

    private final Searches searches;
    private final CurrentCaller caller;

    StoredSearches(Searches searches, CurrentCaller caller) {
        this.searches = searches;
        this.caller = caller;
    }

    Optional<StoredSearch> find(String searchId) {
        return parsed(searchId).flatMap(id -> searches.find(caller.team(), id));
    }

    /** An answer about a search, or that there is none. */
    Response with(String searchId, Function<StoredSearch, Response> answer) {
        return find(searchId)
                .map(answer)
                .orElseGet(() -> Problem.notFound("search", searchId).response());
    }

    static Optional<UUID> parsed(String searchId) {
        try {
            return Optional.of(UUID.fromString(searchId));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
