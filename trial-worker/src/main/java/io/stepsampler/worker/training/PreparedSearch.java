package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Checkpointed;
import java.util.List;

/** A search's checkpoint and batches, on the device, with their digests. The trials of the search change none of it. */
record PreparedSearch(
        NDManager manager,
        Checkpointed checkpoint,
        LossFunction loss,
        List<Batch> trainingBatches,
        List<Batch> validationBatches,
        String batchesDigest,
        String validationDigest)
        implements AutoCloseable {

    @Override
    public void close() {
        manager.close();
    }
}
