package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Network;
import java.util.Locale;

/**
 * Whether a batch's loss is the mean of its parts' by their rows, as training in parts takes it to be. A module that
 * answers with its own loss may add up instead, or weigh rows.
 *
 * @param manager owns what is computed for that
 */
record PartsFit(Checkpointed checkpoint, LossFunction loss, Training training, NDManager manager) {

    /** Float sums in another order differ by less. */
    private static final double TOLERANCE = 1e-4;

    void require(Batch batch) throws Refusal {
        Integer size = training.microBatchSize();
        if (size == null || !(training.loss() instanceof Loss.Output)) {
            return;
        }
        Network network = checkpoint.fresh(manager);
        double whole = loss(network, batch);
        double inParts = MicroBatches.of(batch, training, loss).stream()
                .mapToDouble(part -> loss(network, part.batch()) * part.share())
                .sum();
        if (Math.abs(whole - inParts) > TOLERANCE * Math.max(Math.abs(whole), Math.abs(inParts))) {
            throw Refusal.badInput(
                    "training.microBatchSize",
                    size,
                    String.format(
                            Locale.ROOT,
                            "the module's loss of the first batch is %.6g, and %.6g as the mean of its parts; with the loss"
                                    + " output it must be a mean over rows",
                            whole,
                            inParts));
        }
    }

    private double loss(Network network, Batch batch) {
        try (NDManager look = manager.newSubManager()) {
            Batch borrowed = StepArrays.borrowed(batch, look);
            NDArray answered = network.forward(borrowed.inputs(), Network.Mode.EVALUATION);
            return StepArrays.number(loss.mean(answered, borrowed));
        }
    }
}
