package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossFitTest {

    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();
    private static final Loss SQUARES = new Loss.MeanSquaredError();

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aLabelBeyondTheClassesIsRefusedWithBothRanges() {
        assertThatThrownBy(() -> labels(3, 0, 5, -100))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: its classes run from 0 to 5; the model answers for 0 to 2"
                        + " (model.options.classes, where the family has it)");
        assertThatThrownBy(() -> labels(3, -1, 2))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: its classes run from -1 to 2; the model answers for 0 to 2"
                        + " (model.options.classes, where the family has it)");
        assertThatCode(() -> labels(3, 0, 2, -100)).doesNotThrowAnyException();
    }

    @Test
    void aBatchWhoseLabelsAreAllIgnoredIsRefused() {
        assertThatThrownBy(() -> labels(3, -100, -100))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: a batch holds nothing but labels that are ignored (-100); each must"
                        + " hold another");
    }

    @Test
    void anAnswerWithoutClassesIsRefusedWithBothShapes() {
        assertThatThrownBy(() -> shapes(CROSS_ENTROPY, new Shape(4), new Shape(4)))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: the model answers with the shape (4) where cross-entropy with y of"
                        + " shape (4) needs (N, classes)");
        assertThatThrownBy(() -> shapes(CROSS_ENTROPY, new Shape(4, 3, 2), new Shape(4, 5)))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: the model answers with the shape (4, 3, 2) where cross-entropy with y"
                        + " of shape (4, 5) needs (N, classes) or (N, classes, ...)");
        assertThatCode(() -> shapes(CROSS_ENTROPY, new Shape(4, 3, 5), new Shape(4, 5)))
                .doesNotThrowAnyException();
    }

    @Test
    void numbersOfAnotherShapeAreRefusedWithBothShapes() {
        assertThatThrownBy(() -> shapes(SQUARES, new Shape(4, 2), new Shape(4, 3)))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: y has the shape (4, 3) and the model answers with (4, 2); they must be"
                        + " equal, or (N) against (N, 1)");
        assertThatCode(() -> shapes(SQUARES, new Shape(4, 1), new Shape(4))).doesNotThrowAnyException();
    }

    @Test
    void anAnswerThatIsToBeTheLossMustBeOneNumber() {
        assertThatThrownBy(() -> shapes(new Loss.Output(), new Shape(4, 2), new Shape(4)))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is here: the model answers with the shape (4, 2); with the loss output it must"
                        + " answer with one number, the mean loss of the batch");
    }

    private void labels(long classes, long... labels) throws Refusal {
        new LossFit(CROSS_ENTROPY).requireLabels(batch(manager.create(labels)), classes, "data.train", "here");
    }

    private void shapes(Loss loss, Shape answered, Shape wanted) throws Refusal {
        new LossFit(loss).requireFit(answered, batch(manager.zeros(wanted)), "data.train", "here");
    }

    private static Batch batch(NDArray targets) {
        return new Batch(new NDList(), targets, 4);
    }
}
