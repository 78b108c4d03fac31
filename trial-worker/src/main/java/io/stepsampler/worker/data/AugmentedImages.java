package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.input.Refusal;

/** Images that training sees cropped at random and mirrored, differently in every epoch and the same for every rate. */
public record AugmentedImages(ImageExamples images) implements Examples {

    @Override
    public int count() {
        return images.count();
    }

    @Override
    public boolean isUniform() {
        return false;
    }

    @Override
    public Batch batch(int[] rows, NDManager manager) throws Refusal {
        return images.batch(rows, manager);
    }

    @Override
    public Batch trainingBatch(int[] rows, long seed, long epoch, NDManager manager) throws Refusal {
        return images.augmented(rows, seed, epoch, manager);
    }
}
