package io.stepsampler.worker.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A first evaluation, because what cannot be evaluated cannot be trained. */
final class Rehearsal {

    private Rehearsal() {}

    /** @param declared the type of the answer */
    static NDArray answer(Checkpointed checkpoint, NDList inputs, String declared, Supplier<NDList> forward)
            throws Refusal {
        NDList outputs;
        try {
            outputs = forward.get();
        } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
            if (Complaint.speaksOfMachine(e)) {
                throw e;
            }
            throw unanswered(checkpoint, inputs, "PyTorch says: " + Complaint.of(e));
        } catch (UnsupportedOperationException e) {
            throw unanswered(checkpoint, inputs, "it answers with " + declared);
        }
        if (outputs.size() != 1) {
            throw unanswered(checkpoint, inputs, "it answers with the shapes " + shapes(outputs));
        }
        return outputs.get(0);
    }

    /** @param reason what the model does instead */
    private static Refusal unanswered(Checkpointed checkpoint, NDList inputs, String reason) {
        String taken = inputs.size() == 1
                ? "one tensor of shape " + inputs.get(0).getShape()
                : inputs.size() + " tensors of the shapes " + shapes(inputs);
        return Refusal.badInput(
                CheckpointFile.KEY,
                checkpoint.location(),
                "the model must take " + taken + " and answer with one; " + reason);
    }

    /** With the names of a dictionary's entries. */
    private static String shapes(NDList tensors) {
        return tensors.stream()
                .map(tensor -> tensor.getName() == null
                        ? tensor.getShape().toString()
                        : tensor.getName() + " " + tensor.getShape())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
