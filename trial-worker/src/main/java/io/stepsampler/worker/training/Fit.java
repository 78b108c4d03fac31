package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Checkpointed;
import java.util.List;

/**
 * Whether a model answers a batch as the loss needs it: the first batch is run, every target is looked at.
 *
 * @param manager owns what is computed for that
 */
record Fit(Checkpointed checkpoint, LossFit loss, NDManager manager) {

    /** @param all of the part, the first among them */
    void require(Batch first, List<Batch> all, String key, String location) throws Refusal {
        Shape answered = answered(first, all, key + " " + location);
        loss.requireFit(answered, first, key, location);
        long classes = answered.dimension() > 1 ? answered.get(1) : 1;
        for (Batch batch : all) {
            try (NDManager look = manager.newSubManager()) {
                loss.requireLabels(StepArrays.borrowed(batch, look), classes, key, location);
            }
        }
    }

    /** What the model does not take may be the model's fault or the data's: both are named. */
    private Shape answered(Batch first, List<Batch> all, String place) throws Refusal {
        try {
            for (Batch batch : all) {
                try (NDManager look = manager.newSubManager()) {
                    checkpoint.requireFit(StepArrays.borrowed(batch, look).inputs());
                }
            }
            return answer(first).getShape();
        } catch (Refusal refusal) {
            throw refusal.seenIn(place);
        }
    }

    private NDArray answer(Batch batch) throws Refusal {
        NDList inputs = new NDList();
        for (NDArray input : batch.inputs()) {
            NDArray copy = input.duplicate();
            copy.attach(manager);
            copy.setName(input.getName());
            inputs.add(copy);
        }
        return checkpoint.answer(inputs, manager);
    }
}
