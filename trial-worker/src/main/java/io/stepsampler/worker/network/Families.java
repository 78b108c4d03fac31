package io.stepsampler.worker.network;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checkpoints of the architectures that are built here, drawn from a seed or read. */
public final class Families {

    private static final long MOST_NUMBERS = 1L << 32;

    private Families() {}

    /** @param manager owns the tensors of the checkpoint */
    public static Checkpointed resNet18(Model.ResNet18 model, Locations locations, NDManager manager) throws Refusal {
        requireClasses(model.options().classes());
        Family family =
                ResNet18Family.of(model.options().classes(), model.options().allowNewHead());
        return checkpoint(model.checkpoint(), model.sha256(), family, locations, manager);
    }

    /** A fresh one. */
    public static Checkpointed resNet18(long seed, int classes, NDManager manager) {
        return TensorCheckpoint.fromSeed(seed, ResNet18Family.of(classes, false), manager);
    }

    /** @param sizes those of {@link BertConfiguration#of} for the same model */
    public static Checkpointed bert(Model.Bert model, BertConfiguration sizes, Locations locations, NDManager manager)
            throws Refusal {
        requireClasses(model.options().classes());
        Family family =
                BertFamily.of(sizes, model.options().classes(), model.options().allowNewHead());
        return checkpoint(model.checkpoint(), model.sha256(), family, locations, manager);
    }

    /** @param sizes those of {@link BartConfiguration#of} for the same model */
    public static Checkpointed bart(Model.Bart model, BartConfiguration sizes, Locations locations, NDManager manager)
            throws Refusal {
        return checkpoint(model.checkpoint(), model.sha256(), BartFamily.of(sizes), locations, manager);
    }

    private static Checkpointed checkpoint(
            Checkpoint checkpoint, @Nullable String sha256, Family family, Locations locations, NDManager manager)
            throws Refusal {
        requireMemory(family);
        if (checkpoint instanceof Checkpoint.Stored stored) {
            List<Path> parts = new ModelFiles(locations).weights(stored.uri());
            try (NDManager reading = manager.newSubManager()) {
                Weights weights = Weights.read(parts, stored.uri(), sha256, reading);
                return TensorCheckpoint.fromWeights(weights, stored.uri(), family, manager);
            }
        }
        return TensorCheckpoint.fromSeed(((Checkpoint.Fresh) checkpoint).seed(), family, manager);
    }

    private static void requireClasses(int classes) throws Refusal {
        if (classes < 1) {
            throw Refusal.badInput("model.options.classes", classes, "it must be at least 1");
        }
    }

    /** Sizes that are allowed each may together be more than a machine or an array holds. */
    private static void requireMemory(Family family) throws Refusal {
        long numbers = 0;
        for (Layout.Place place : family.layout().places().values()) {
            numbers += place.shape().size();
            if (place.shape().size() > Integer.MAX_VALUE || numbers > MOST_NUMBERS) {
                throw Refusal.badInput(
                        "model.options",
                        "of " + family.description(),
                        "a tensor may hold " + Integer.MAX_VALUE + " numbers and all together " + MOST_NUMBERS);
            }
        }
    }
}
