package io.stepsampler.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.SearchState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The searches that a server knows. */
public record SearchList(List<Entry> searches) {

    public SearchList {
        searches = List.copyOf(searches);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            UUID searchId,
            @Nullable String name,
            SearchState state,
            Instant submittedAt,
            @Nullable Double recommendedLearningRate) {}
}
