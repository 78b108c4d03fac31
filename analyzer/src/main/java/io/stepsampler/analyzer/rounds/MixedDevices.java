package io.stepsampler.analyzer.rounds;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MeasurementKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Doubts a curve whose trials did not all run alike: another device, number of threads or version sums differently. */
final class MixedDevices {

    private MixedDevices() {}

    static Optional<Warning> warning(List<TrialEvent.Finished> trials) {
        Map<String, Long> counts = trials.stream()
                .filter(trial -> !(trial.outcome() instanceof Outcome.Failed))
                .collect(Collectors.groupingBy(
                        trial -> described(trial.conditions()), TreeMap::new, Collectors.counting()));
        if (counts.size() < 2) {
            return Optional.empty();
        }
        String devices = counts.entrySet().stream()
                .map(entry ->
                        entry.getValue() + (entry.getValue() == 1 ? " trial" : " trials") + " on " + entry.getKey())
                .collect(Collectors.joining(", "));
        return Optional.of(new Warning(
                "MIXED_DEVICES",
                "Not all trials ran alike: " + devices
                        + ". Their losses differ by more than the learning rate makes. Use a pool of equal workers."));
    }

    /** Devices of one kind are alike, whatever their number: gpu0 and gpu1. */
    private static String described(TrialEvent.Conditions told) {
        TrialEvent.Conditions conditions = MeasurementKey.comparable(told);
        String versions = new TreeMap<>(conditions.versions())
                .entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", "));
        return conditions.device() + " with " + conditions.threads()
                + (conditions.threads() == 1 ? " thread" : " threads")
                + (versions.isEmpty() ? "" : " (" + versions + ")");
    }
}
