package io.stepsampler.worker.training;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.json.MeasurementKey;
import java.util.List;
import java.util.Optional;

/**
 * Whether an earlier trial answers a probe. Who sends the probe knows that the earlier one asked for the same; whether
 * checkpoint, batches, device and libraries are still the same shows here, once they are read. Where it is not known what
 * the device is, none does.
 */
final class Reuse {

    private Reuse() {}

    static Optional<FormerTrial> of(List<FormerTrial> formerTrials, Conditions conditions) {
        if (!conditions.versions().values().stream().allMatch(Hardware::isKnown)) {
            return Optional.empty();
        }
        Conditions now = MeasurementKey.comparable(conditions);
        return formerTrials.stream()
                .filter(former -> former.conditions().equals(now))
                .findFirst();
    }
}
