package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.storage.StoredTrial;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.TrialReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial as it is answered.
 *
 * @param learningRate absent for a range test, and while the trial is not on the curve yet
 * @param outcome how it ended: its loss and step losses, or where it diverged, or the whole reason of a failure
 * @param reusedFrom the earlier trial whose outcome it is; absent where it was run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrialAnswer(
        UUID probeId,
        int attempt,
        @Nullable Double learningRate,
        @Nullable Long seed,
        @Nullable Integer steps,
        @Nullable Integer round,
        Finding.@Nullable Purpose purpose,
        String workerId,
        String device,
        double deviceSeconds,
        int trainingSteps,
        Instant endedAt,
        Outcome outcome,
        @Nullable TrialReference reusedFrom) {

    /** The trials of a search as they are answered; {@code deletedAt}: absent while they are kept. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Trials(List<TrialAnswer> trials, @Nullable Instant deletedAt) {

        Trials {
            trials = List.copyOf(trials);
        }
    }

    static Trials of(StoredSearch search, List<StoredTrial> trials, Optional<Instant> deletedAt) {
        Map<UUID, Finding.Point> points = new HashMap<>();
        for (Finding.Point point : search.finding().points()) {
            points.put(
                    ProbeIdentity.of(
                            search.search().searchId(),
                            new ProbeKind.ConstantRate(point.learningRate()),
                            point.seed(),
                            point.steps()),
                    point);
        }
        List<TrialAnswer> answers = trials.stream()
                .map(trial -> of(trial, points.get(trial.probeId())))
                .toList();
        return new Trials(answers, deletedAt.orElse(null));
    }

    private static TrialAnswer of(StoredTrial trial, Finding.@Nullable Point point) {
        return new TrialAnswer(
                trial.probeId(),
                trial.attempt(),
                point == null ? null : (Double) point.learningRate(),
                point == null ? null : (Long) point.seed(),
                point == null ? null : (Integer) point.steps(),
                point == null ? null : (Integer) point.round(),
                point == null ? null : point.purpose(),
                trial.workerId(),
                trial.device(),
                trial.deviceSeconds(),
                trial.trainingSteps(),
                trial.endedAt(),
                trial.outcome(),
                trial.reusedFrom());
    }
}
