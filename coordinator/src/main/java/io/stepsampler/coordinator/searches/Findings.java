package io.stepsampler.coordinator.searches;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Findings that say no more than where a search stands. */
final class Findings {

    private Findings() {}

    static Finding queued(UUID searchId, @Nullable String name) {
        return new Finding(
                searchId,
                name,
                SearchState.QUEUED,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    static Finding inState(Finding finding, SearchState state) {
        return new Finding(
                finding.searchId(),
                finding.name(),
                state,
                finding.baselineLoss(),
                finding.window(),
                finding.recommendedLearningRate(),
                finding.confirmed(),
                finding.reason(),
                finding.selections(),
                finding.pointsOfInterest(),
                finding.otherReading(),
                finding.warnings(),
                finding.points(),
                finding.sweep(),
                finding.failure(),
                finding.progress(),
                finding.cost(),
                finding.provenance());
    }
}
