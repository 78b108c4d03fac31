package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.SearchState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the list of searches. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchSummary(
        UUID searchId,
        @Nullable String name,
        String pool,
        SearchState state,
        Instant submittedAt,
        @Nullable Double recommendedLearningRate) {}
