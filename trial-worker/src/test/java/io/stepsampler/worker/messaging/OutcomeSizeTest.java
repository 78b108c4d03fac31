package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import io.stepsampler.messages.TrialEvent.Finished;
import io.stepsampler.messages.json.MessageJson;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeSizeTest {

    private static final double LONG_NUMBER = -Double.MAX_VALUE;

    @Test
    void ofALongTrialTheLossesOfTheFirstStepsFitAMessage() {
        Outcome measured = OutcomeSize.bounded(new Measured(0.5, losses(80_000)));
        Outcome diverged = OutcomeSize.bounded(new Diverged(80_001, losses(80_000)));

        assertThat(measured).isEqualTo(new Measured(0.5, losses(20_000)));
        assertThat(diverged).isEqualTo(new Diverged(80_001, losses(20_000)));
        assertThat(MessageJson.write(measured)).hasSizeLessThan(1_000_000);
    }

    @Test
    void otherOutcomesAreToldAsTheyAre() {
        List<Outcome> outcomes = List.of(
                new Measured(0.5, losses(20_000)),
                new Diverged(20_001, losses(20_000)),
                new Failed(Code.CRASHED, null, null, "it crashed"));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(OutcomeSize.bounded(outcome)).isEqualTo(outcome));
    }

    @Test
    void inPlaceOfAnOutcomeThatKafkaDoesNotTakeAFailureSaysHowLargeItIs() {
        Conditions conditions = new Conditions(
                "cpu", 1, Map.of("pytorch", "2"), "checkpoint", null, null, List.of(new Warning("A", "x".repeat(9))));
        Finished finished = new Finished(
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                "w",
                Instant.EPOCH,
                new Measured(0.5, List.of()),
                new Cost(20, 1),
                conditions);

        Finished refused = OutcomeSize.refused(finished, 2_000_000);

        assertThat(refused.probeId()).isEqualTo(finished.probeId());
        assertThat(refused.cost()).isEqualTo(finished.cost());
        assertThat(refused.conditions().warnings()).isEmpty();
        assertThat(refused.outcome())
                .isEqualTo(new Failed(
                        Code.CRASHED, null, null, "the trial's outcome of 2000000 bytes is more than Kafka takes"));
    }

    private static List<Double> losses(int steps) {
        return Collections.nCopies(steps, LONG_NUMBER);
    }
}
