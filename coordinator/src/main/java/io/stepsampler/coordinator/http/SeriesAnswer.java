package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.storage.SeriesStep;
import io.stepsampler.coordinator.storage.SeriesStore.Summary;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.SeriesLines;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A series as it is answered.
 *
 * @param findings by step, one for each
 * @param schedule lines to paste into a training; absent where a part of the findings is answered, as a training must not
 *     follow a part of its rates
 * @param next the step after which the page that follows begins, if one does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SeriesAnswer(
        String name,
        List<Entry> findings,
        @Nullable String schedule,
        @Nullable Long next) {

    SeriesAnswer {
        findings = List.copyOf(findings);
    }

    /** {@code warningCodes}: the texts are in the finding itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            long step,
            UUID searchId,
            SearchState state,
            @Nullable Double recommendedLearningRate,
            Finding.@Nullable Window window,
            List<Finding.PointOfInterest> pointsOfInterest,
            @Nullable Double baselineLoss,
            List<String> warningCodes,
            Instant submittedAt) {

        Entry {
            pointsOfInterest = List.copyOf(pointsOfInterest);
            warningCodes = List.copyOf(warningCodes);
        }

        private static Entry of(SeriesStep known) {
            Finding finding = known.found().finding();
            return new Entry(
                    known.found().step(),
                    known.searchId(),
                    finding.state(),
                    finding.recommendedLearningRate(),
                    finding.window(),
                    finding.pointsOfInterest(),
                    finding.baselineLoss(),
                    finding.warnings().stream().map(Finding.Warning::code).toList(),
                    known.submittedAt());
        }
    }

    /** The list of series as it is answered; {@code next} names the page that follows, if one does. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Summary> series, @Nullable String next) {

        Page {
            series = List.copyOf(series);
        }

        /** @param found one more than wanted where another page follows */
        static Page of(List<Summary> found, int wanted) {
            boolean isLast = found.size() <= wanted;
            List<Summary> shown = found.stream().limit(wanted).toList();
            return new Page(shown, isLast ? null : shown.get(wanted - 1).name());
        }
    }

    /** @param found one more than wanted where another page follows */
    static SeriesAnswer of(String name, List<SeriesStep> found, SeriesRequest request) {
        int wanted = request.wanted();
        boolean isLast = found.size() <= wanted;
        boolean isWhole = isLast && request.after() == null;
        List<SeriesStep> shown = found.stream().limit(wanted).toList();
        return new SeriesAnswer(
                name,
                shown.stream().map(Entry::of).toList(),
                isWhole
                        ? SeriesLines.of(
                                name, shown.stream().map(SeriesStep::found).toList())
                        : null,
                isLast ? null : (Long) shown.get(wanted - 1).found().step());
    }
}
