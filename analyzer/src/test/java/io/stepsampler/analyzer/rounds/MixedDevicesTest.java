package io.stepsampler.analyzer.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MixedDevicesTest {

    private static final Outcome MEASURED = new Outcome.Measured(0.5, List.of());

    @Test
    void trialsThatRanAlikeAreNotDoubted() {
        assertThat(MixedDevices.warning(List.of())).isEmpty();
        assertThat(MixedDevices.warning(List.of(trial("gpu0", 1, "2.7.1"), trial("gpu1", 1, "2.7.1"))))
                .isEmpty();
    }

    @Test
    void anotherDeviceAnotherNumberOfThreadsAndAnotherVersionAreNamed() {
        TrialEvent.Finished usual = trial("cpu", 1, "2.7.1");

        assertThat(MixedDevices.warning(List.of(usual, trial("gpu0", 1, "2.7.1"), usual)))
                .map(Warning::text)
                .contains(
                        "Not all trials ran alike: 2 trials on cpu with 1 thread (pytorch 2.7.1), 1 trial on gpu with 1"
                                + " thread (pytorch 2.7.1). Their losses differ by more than the learning rate makes. Use a pool"
                                + " of equal workers.");
        assertThat(MixedDevices.warning(List.of(usual, trial("cpu", 2, "2.7.1"))))
                .map(Warning::code)
                .contains("MIXED_DEVICES");
        assertThat(MixedDevices.warning(List.of(usual, trial("cpu", 1, "2.8.0"))))
                .isPresent();
    }

    @Test
    void aTrialThatFailedSaysNothingOfTheOthersDevice() {
        TrialEvent.Finished failed =
                trial("gpu0", 1, "2.7.1", new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it failed"));

        assertThat(MixedDevices.warning(List.of(trial("cpu", 1, "2.7.1"), failed)))
                .isEmpty();
    }

    private static TrialEvent.Finished trial(String device, int threads, String version) {
        return trial(device, threads, version, MEASURED);
    }

    private static TrialEvent.Finished trial(String device, int threads, String version, Outcome outcome) {
        return new TrialEvent.Finished(
                new UUID(0, 1),
                new UUID(0, 2),
                1,
                "worker",
                Instant.EPOCH,
                outcome,
                new TrialEvent.Cost(20, 1),
                new TrialEvent.Conditions(device, threads, Map.of("pytorch", version), null, null, null, List.of()));
    }
}
