package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.training.MicroBatches.Part;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {

    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aPartCountsForItsLabelsThatAreNotIgnored() {
        List<Part> parts = parts(0, 1, -100, 2, -100, -100, 1);
        assertThat(parts).extracting(part -> part.batch().rows()).containsExactly(3, 3, 1);
        assertThat(parts).extracting(Part::share).containsExactly(0.5, 0.25, 0.25);
    }

    @Test
    void aPartWithoutSuchALabelIsLeftOut() {
        assertThat(parts(0, 1, 1, -100, -100, -100, 1)).hasSize(2);
    }

    @Test
    void aBatchWithoutSuchALabelStaysWhole() {
        List<Part> parts = parts(-100, -100, -100, -100);
        assertThat(parts).extracting(part -> part.batch().rows()).containsExactly(4);
        assertThat(parts).extracting(Part::share).containsExactly(1.0);
    }

    private List<Part> parts(long... labels) {
        Batch batch =
                new Batch(new NDList(manager.ones(new Shape(labels.length, 4))), manager.create(labels), labels.length);
        Training training =
                new Training(CROSS_ENTROPY, Probes.MOMENTUM, labels.length, 3, 20, false, 0, null, List.of(), 0);
        return MicroBatches.of(batch, training, LossFunction.of(CROSS_ENTROPY, manager));
    }
}
