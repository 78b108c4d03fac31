package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.storage.SearchPage.Cursor;
import io.stepsampler.coordinator.storage.SearchSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of searches as it is answered; {@code next} names the page that follows, if one does. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchList(List<SearchSummary> searches, @Nullable String next) {

    SearchList {
        searches = List.copyOf(searches);
    }

    /** @param found one more than wanted where another page follows */
    static SearchList of(List<SearchSummary> found, int wanted) {
        List<SearchSummary> shown = found.stream().limit(wanted).toList();
        SearchSummary last = found.size() > wanted ? shown.get(shown.size() - 1) : null;
        return new SearchList(shown, last == null ? null : new Cursor(last.submittedAt(), last.searchId()).text());
    }
}
