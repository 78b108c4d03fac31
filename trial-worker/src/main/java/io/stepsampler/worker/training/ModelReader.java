package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.ResNet18Checkpoint;
import io.stepsampler.worker.network.TorchScriptCheckpoint;

/** Opens the checkpoint of each family. */
record ModelReader(Locations locations, TorchScriptPolicy torchScript) {

    Checkpointed read(Probe probe, NDManager manager) throws Refusal {
        Model model = probe.model();
        if (model instanceof Model.ResNet18 resNet) {
            return resNet18(resNet, manager);
        }
        if (model instanceof Model.TorchScript script) {
            torchScript.requireAllowed(probe.team());
            return TorchScriptCheckpoint.of(
                    CheckpointFile.read(stored(script.checkpoint()), script.sha256(), locations), manager);
        }
        throw new IllegalArgumentException("a " + model.getClass().getSimpleName() + " is not trained");
    }

    static Checkpoint.Stored stored(Checkpoint checkpoint) throws Refusal {
        if (checkpoint instanceof Checkpoint.Stored stored) {
            return stored;
        }
        throw Refusal.badInput(CheckpointFile.KEY, checkpoint, "this family has no fresh initialisation; name a file");
    }

    private Checkpointed resNet18(Model.ResNet18 model, NDManager manager) throws Refusal {
        int classes = model.options().classes();
        if (classes < 1) {
            throw Refusal.badInput("model.options.classes", classes, "it must be at least 1");
        }
        if (model.checkpoint() instanceof Checkpoint.Fresh fresh) {
            return ResNet18Checkpoint.fromSeed(fresh.seed(), classes, manager);
        }
        CheckpointFile file = CheckpointFile.read(stored(model.checkpoint()), model.sha256(), locations);
        return ResNet18Checkpoint.fromFile(file, classes, manager);
    }
}
