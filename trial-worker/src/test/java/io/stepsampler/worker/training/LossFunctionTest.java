package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.data.Batch;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is expected was computed by {@code torch.nn.functional} of PyTorch 1.13. */
class LossFunctionTest {

    private static final float[] ANSWERS = {.2f, -1f, .7f, 1.5f, .3f, -.2f, -.4f, .9f, .1f, 2f, -.5f, .25f};

    private final Arithmetic arithmetic = Arithmetic.start(1);
    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray answers = manager.create(ANSWERS, new Shape(4, 3));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void crossEntropyIsTorchs() {
        assertLoss(Loss.CrossEntropy.plain(), answers, labels(2, 0, 1, 1), 1.0619151592254639);
    }

    @Test
    void ignoredLabelsCountForNothing() {
        assertLoss(Loss.CrossEntropy.plain(), answers, labels(2, 0, -100, 1), 1.2347517013549805);
        assertThat(LossFunction.of(Loss.CrossEntropy.plain(), manager).weight(batch(labels(2, 0, -100, 1))))
                .isEqualTo(3);
    }

    @Test
    void smoothedLabelsAreTorchs() {
        assertLoss(new Loss.CrossEntropy(0.1, -100L), answers, labels(2, 0, -100, 1), 1.2553071975708008);
        assertLoss(new Loss.CrossEntropy(0.2, 1L), answers, labels(2, 0, 1, 1), 0.6582176685333252);
    }

    @Test
    void classesMayHaveFurtherAxesBehindThem() {
        NDArray labels = labels(0, 2, 1, -100).reshape(2, 2);
        assertLoss(new Loss.CrossEntropy(0.1, -100L), answers.reshape(2, 3, 2), labels, 1.337432861328125);
    }

    @Test
    void oneRowForEachLabelOfASequenceIsTheSame() {
        NDArray labels = labels(2, 0, -100, 1).reshape(2, 2);
        assertLoss(Loss.CrossEntropy.plain(), answers, labels, 1.2347517013549805);
    }

    @Test
    void lossesOfNumbersAreTorchs() {
        NDArray wanted = manager.create(new float[] {0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1}, new Shape(4, 3));
        assertLoss(new Loss.MeanSquaredError(), answers, wanted, 1.0918749570846558);
        assertLoss(new Loss.MeanAbsoluteError(), answers, wanted, 0.8125);
        assertLoss(new Loss.BinaryCrossEntropyWithLogits(), answers, wanted, 0.8536670207977295);
    }

    @Test
    void whatTheModuleAnswersIsTheLoss() {
        assertLoss(new Loss.Output(), manager.create(0.25f), labels(0), 0.25);
    }

    private void assertLoss(Loss loss, NDArray answered, NDArray targets, double expected) {
        arithmetic.reset(1);
        assertThat((double) LossFunction.of(loss, manager)
                        .mean(answered, batch(targets))
                        .getFloat())
                .isCloseTo(expected, Offset.offset(2e-7));
    }

    private static Batch batch(NDArray targets) {
        return new Batch(new NDList(), targets, 4);
    }

    private NDArray labels(long... labels) {
        return manager.create(labels);
    }
}
