package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.CheckReport.Tensor;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    private static final SearchPlan PLAN = new SearchPlan(
            1e-7,
            10,
            0.5,
            0.05,
            new SearchPlan.Budget(64),
            SearchPlan.Refinement.ADAPTIVE,
            SearchPlan.Reading.RELATIVE,
            false);

    @TempDir
    private Path folder;

    @Test
    void aCheckTellsShapesLabelsLossesAndGradients() throws IOException {
        CheckReport report = check(8);
        assertThat(report.failure()).isNull();
        assertThat(report.inputs()).containsExactly(new Tensor("", "float32", List.of(8L, 4L)));
        assertThat(report.targets()).isEqualTo(new Tensor("", "int64", List.of(8L)));
        assertThat(report.labels().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(8);
        assertThat(report.trainedNumbers()).isEqualTo(15);
        assertThat(report.memoryBytes()).isPositive();
        assertThat(report.trials()).hasSize(2);
        assertThat(report.trials().get(0).learningRate()).isZero();
        assertThat(report.trials().get(1).learningRate()).isEqualTo(1e-4);
        for (CheckReport.CheckedTrial trial : report.trials()) {
            assertThat(((Measured) trial.outcome()).stepLosses()).hasSize(Probes.STEPS);
            assertThat(trial.gradientNorms()).hasSize(Probes.STEPS).allMatch(norm -> norm > 0);
        }
    }

    @Test
    void aCheckedTrialIsTheSearchsOwn() throws IOException {
        Dataset.Tensors data = Probes.fourNumbers(folder, 40);
        Training training = training(8);
        try (Trials trials = Trials.start(Probes.everything())) {
            CheckReport report = trials.check(specification(data, training));
            Object baseline = trials.run(Probes.of(Probes.torchScript("linear"), data, training, 0), new Cancellation())
                    .orElseThrow()
                    .outcome();
            assertThat(report.trials().get(0).outcome()).isEqualTo(baseline);
        }
    }

    @Test
    void whatCannotBeTrainedIsRefusedInTheSearchsWords() throws IOException {
        CheckReport report = check(41);
        assertThat(report.trials()).isEmpty();
        assertThat(report.failure())
                .isEqualTo(new Failed(
                        Code.BAD_INPUT,
                        "training.batchSize",
                        "41",
                        "training.batchSize is 41: data.train holds 40 examples; allowed is 1 to 40"));
    }

    private CheckReport check(int batchSize) throws IOException {
        try (Trials trials = Trials.start(Probes.everything())) {
            return trials.check(specification(Probes.fourNumbers(folder, 40), training(batchSize)));
        }
    }

    private static Training training(int batchSize) {
        return Training.plain(Loss.CrossEntropy.plain(), Probes.MOMENTUM, batchSize, Probes.STEPS, 17);
    }

    private static SearchSpecification specification(Dataset data, Training training) {
        return new SearchSpecification(null, Probes.torchScript("linear"), data, training, PLAN, "default");
    }
}
