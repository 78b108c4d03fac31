package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Checkpointed;
import java.util.List;

/** A search's checkpoint and batches, on the device, with their digests. A trial may change a module that stays loaded; the next one begins with its restored state. */
record PreparedSearch(
        NDManager manager,
        Checkpointed checkpoint,
        Training training,
        LossFunction loss,
        TrainingBatches trainingBatches,
        List<Batch> validationBatches,
        String batchesDigest,
        String validationDigest)
        implements AutoCloseable {

    @Override
    public void close() {
        manager.close();
    }
}
