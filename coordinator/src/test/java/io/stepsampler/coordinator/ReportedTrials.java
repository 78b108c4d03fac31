package io.stepsampler.coordinator;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker reports of the probes that were sent. */
record ReportedTrials(CoordinatorTopics topics) implements AutoCloseable {

    ReportedTrials(String bootstrapServers) {
        this(new CoordinatorTopics(bootstrapServers));
    }

    Probe baseline(UUID searchId) {
        return topics.probes().first(probe -> probe.searchId().equals(searchId));
    }

    /** By rate. */
    List<Probe> firstRound(UUID searchId) {
        return topics.probes().atLeast(4, probe -> probe.searchId().equals(searchId) && probe.round() == 1).stream()
                .sorted(Comparator.comparingDouble(probe -> ((ProbeKind.ConstantRate) probe.kind()).learningRate()))
                .toList();
    }

    void end(Probe probe, String content, Outcome outcome) {
        end(probe, content, outcome, null);
    }

    void end(Probe probe, String content, Outcome outcome, @Nullable TrialReference reusedFrom) {
        topics.probes()
                .send(
                        "trials",
                        probe.searchId(),
                        new TrialEvent.Finished(
                                probe.probeId(),
                                probe.searchId(),
                                probe.attempt(),
                                "worker",
                                Instant.now(),
                                outcome,
                                new TrialEvent.Cost(reusedFrom == null ? 20 : 0, 1),
                                conditions(content),
                                MeasurementKey.of(probe),
                                reusedFrom));
    }

    static TrialEvent.Conditions conditions(String content) {
        return new TrialEvent.Conditions(
                "gpu0", 1, Map.of("pytorch", "2.7.1"), "checkpoint", content, content, List.of());
    }

    @Override
    public void close() {
        topics.close();
    }
}
