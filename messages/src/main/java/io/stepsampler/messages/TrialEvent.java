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

    /**
     * @param measurementKey names all that the probe asked for, whatever its outcome; absent from a worker that does not know
     *     of it
     * @param reusedFrom the earlier trial whose outcome this is; absent where the trial was run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finished(
            UUID probeId,
            UUID searchId,
            int attempt,
            String workerId,
            Instant at,
            Outcome outcome,
            Cost cost,
            Conditions conditions,
            @Nullable String measurementKey,
            @Nullable TrialReference reusedFrom)
            implements TrialEvent {

        /** One that no later probe is told of. */
        public Finished(
                UUID probeId,
                UUID searchId,
                int attempt,
                String workerId,
                Instant at,
                Outcome outcome,
                Cost cost,
                Conditions conditions) {
            this(probeId, searchId, attempt, workerId, at, outcome, cost, conditions, null, null);
        }
    }

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
     * @param versions library name to version; under cpu or gpu what the device is, such as avx2 or NVIDIA H200
     * @param configurationDigest of what shapes the network besides its tensors and the options; absent where nothing does
     * @param warnings what to doubt in numbers of this model and data, whatever the rate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conditions(
            String device,
            int threads,
            Map<String, String> versions,
            @Nullable String checkpointDigest,
            @Nullable String configurationDigest,
            @Nullable String batchesDigest,
            @Nullable String validationDigest,
            List<Finding.Warning> warnings) {

        public Conditions {
            versions = Map.copyOf(versions);
            warnings = List.copyOf(warnings);
        }

        /** Of a network that its tensors and the options say all about. */
        public Conditions(
                String device,
                int threads,
                Map<String, String> versions,
                @Nullable String checkpointDigest,
                @Nullable String batchesDigest,
                @Nullable String validationDigest,
                List<Finding.Warning> warnings) {
            this(device, threads, versions, checkpointDigest, null, batchesDigest, validationDigest, warnings);
        }
    }
}
