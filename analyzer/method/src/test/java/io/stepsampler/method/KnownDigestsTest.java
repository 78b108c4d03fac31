package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownDigestsTest {

    private static final PlannedProbe BASELINE = new PlannedProbe(0, Purpose.BASELINE, 0, 17, 20);

    private static final Conditions TOLD =
            new Conditions("cpu", 1, Map.of(), "checkpoint", "configuration", "batches", "validation", List.of());

    @Test
    void aProbeAsLongWithTheSameSeedTakesTheSameBatches() {
        assertThat(KnownDigests.of(new PlannedProbe(1, Purpose.GRID, 0.1, 17, 20), BASELINE, TOLD))
                .isEqualTo(new KnownDigests("checkpoint", "configuration", "batches", "validation"));
    }

    @Test
    void anotherSeedOrLengthTakesOtherBatchesOfTheSameCheckpoint() {
        KnownDigests checkpointAlone = new KnownDigests("checkpoint", "configuration", null, null);

        assertThat(KnownDigests.of(new PlannedProbe(2, Purpose.REPEAT, 0.1, 18, 20), BASELINE, TOLD))
                .isEqualTo(checkpointAlone);
        assertThat(KnownDigests.of(new PlannedProbe(2, Purpose.LENGTHENED, 0.1, 17, 40), BASELINE, TOLD))
                .isEqualTo(checkpointAlone);
    }
}
