package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On topic {@code trials}: a worker began a trial, or ended it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = TrialEvent.Finished.class, name = "finished")
})
public sealed interface TrialEvent {

    UUID probeId();

    UUID searchId();

    int attempt();

    record Started(UUID probeId, UUID searchId, int attempt, String workerId, Instant at) implements TrialEvent {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finished(
            UUID probeId,
            UUID searchId,
            int attempt,
            String workerId,
            Instant at,
            Outcome outcome,
            Cost cost,
            Conditions conditions)
            implements TrialEvent {}

    /**
     * @param trainingSteps optimizer steps that were taken
     * @param deviceSeconds how long the device was held
     */
    record Cost(int trainingSteps, double deviceSeconds) {

        public Cost {
            if (trainingSteps < 0 || !(deviceSeconds >= 0) || Double.isInfinite(deviceSeconds)) {
                throw new IllegalArgumentException("a cost of " + trainingSteps + " steps and " + deviceSeconds
                        + " seconds; must be finite and not negative");
            }
        }
    }

    /**
     * All that can change the number besides the specification. The digests are absent when the trial failed before
     * they were known.
     *
     * @param threads threads of the arithmetic; sums differ between one and two
     * @param versions library name to version
     * @param warnings what to doubt in numbers of this model and data, whatever the rate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conditions(
            String device,
            int threads,
            Map<String, String> versions,
            @Nullable String checkpointDigest,
            @Nullable String batchesDigest,
            @Nullable String validationDigest,
            List<Finding.Warning> warnings) {

        public Conditions {
            versions = Map.copyOf(versions);
            warnings = List.copyOf(warnings);
        }
    }
}
