package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.optimizer.OptimizerState;
import java.util.List;

/** A search's checkpoint and batches, on the device, with their digests. A trial may change a module that stays loaded; the next one begins with its restored state. */
record PreparedSearch(
        NDManager manager,
        Checkpointed checkpoint,
        OptimizerState optimizerState,
        Training training,
        LossFunction loss,
        TrainingBatches trainingBatches,
        List<Batch> validationBatches,
        String batchesDigest,
        String validationDigest)
        implements AutoCloseable {

    /** Of all that a trial begins with: the parameters and what the optimizer remembers. */
    String checkpointDigest() {
        return optimizerState.digestWith(checkpoint.digest());
    }

    @Override
    public void close() {
        manager.close();
    }
}
