package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.SearchState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the list of searches. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchSummary(
        UUID searchId,
        @Nullable String name,
        SearchState state,
        Instant submittedAt,
        @Nullable Double recommendedLearningRate) {

    /** The list as it is answered. */
    record Page(List<SearchSummary> searches) {

        Page {
            searches = List.copyOf(searches);
        }
    }

    static SearchSummary of(StoredSearch stored) {
        return new SearchSummary(
                stored.search().searchId(),
                stored.search().specification().name(),
                stored.search().state(),
                stored.submittedAt(),
                stored.finding().recommendedLearningRate());
    }
}
