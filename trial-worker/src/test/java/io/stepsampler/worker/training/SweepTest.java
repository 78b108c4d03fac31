package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

    private static final int STEPS = 30;
    private static final Optimizer SGD = new Optimizer.Sgd(0, 0, 0, false);

    @TempDir
    private Path folder;

    @Test
    void theRateRisesByTheSameFactorFromTheFirstStepToTheLast() throws Exception {
        RateSchedule rates = RateSchedule.of(new ProbeKind.Sweep(1e-5, 10), 7, 3);
        assertThat(rates.at(1)).isEqualTo(1e-5);
        assertThat(rates.at(2)).isCloseTo(1e-4, Offset.offset(1e-12));
        assertThat(rates.at(7)).isCloseTo(10, Offset.offset(1e-9));
    }

    @Test
    void aWarmUpRisesInEqualPartsToTheRateAndStaysThere() throws Exception {
        RateSchedule rates = RateSchedule.of(new ProbeKind.ConstantRate(0.1), 20, 4);
        assertThat(rates.at(1)).isEqualTo(0.025);
        assertThat(rates.at(3)).isCloseTo(0.075, Offset.offset(1e-15));
        assertThat(rates.at(4)).isEqualTo(0.1);
        assertThat(rates.at(20)).isEqualTo(0.1);
    }

    @Test
    void aSweepLearnsAtTheRatesOnItsWay() throws IOException {
        Measured sweep = (Measured) run(new ProbeKind.Sweep(1e-3, 1));
        Measured slow = (Measured) run(new ProbeKind.ConstantRate(1e-3));
        assertThat(sweep.stepLosses()).hasSize(STEPS);
        assertThat(sweep.stepLosses().get(1)).isEqualTo(slow.stepLosses().get(1));
        assertThat(sweep.loss()).isLessThan(slow.loss());
    }

    @Test
    void aSweepThatRunsAwayIsDivergedWithTheLossesBefore() throws IOException {
        Diverged sweep = (Diverged) run(new ProbeKind.Sweep(1, 1e38));
        assertThat(sweep.stepLosses()).hasSize(sweep.step() - 1);
    }

    @Test
    void aSegmentIsRefusedByName() throws IOException {
        assertThat(run(new ProbeKind.Segment(1e-3, 0, null)))
                .isEqualTo(new Failed(
                        Code.UNSUPPORTED,
                        "probe kind",
                        "Segment",
                        "probe kind is Segment: this worker runs constant rates and sweeps only"));
    }

    private Outcome run(ProbeKind kind) throws IOException {
        Dataset data = Probes.fourNumbers(folder, 40);
        Model model = Probes.torchScript("linear");
        Training training = Training.plain(Loss.CrossEntropy.plain(), SGD, 8, STEPS, 17);
        try (Trials trials = Trials.start(Probes.everything())) {
            return trials.run(Probes.of(model, data, training, kind, STEPS), new Cancellation())
                    .orElseThrow()
                    .outcome();
        }
    }
}
