package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.storage.SearchPage.Cursor;
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
        String pool,
        SearchState state,
        Instant submittedAt,
        @Nullable Double recommendedLearningRate) {

    /** The list as it is answered; {@code next} names the page that follows, if one does. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<SearchSummary> searches, @Nullable String next) {

        Page {
            searches = List.copyOf(searches);
        }

        /** @param found one more than wanted where another page follows */
        static Page of(List<StoredSearch> found, int wanted) {
            List<SearchSummary> shown =
                    found.stream().limit(wanted).map(SearchSummary::of).toList();
            SearchSummary last = found.size() > wanted ? shown.get(shown.size() - 1) : null;
            return new Page(shown, last == null ? null : new Cursor(last.submittedAt(), last.searchId()).text());
        }
    }

    private static SearchSummary of(StoredSearch stored) {
        return new SearchSummary(
                stored.search().searchId(),
                stored.search().specification().name(),
                stored.search().specification().pool(),
                stored.search().state(),
                stored.submittedAt(),
                stored.finding().recommendedLearningRate());
    }
}
