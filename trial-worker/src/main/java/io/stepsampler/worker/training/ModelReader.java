package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.BartConfiguration;
import io.stepsampler.worker.network.BertConfiguration;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Families;
import io.stepsampler.worker.network.TorchScriptCheckpoint;
import io.stepsampler.worker.training.DatasetReader.SequenceTokens;

/** Opens the checkpoint of each family. */
record ModelReader(Locations locations, TorchScriptPolicy torchScript) {

    /** @param sequenceTokens what a decoder begins with; no other family has one */
    record OpenedModel(Checkpointed checkpoint, SequenceTokens sequenceTokens) {}

    OpenedModel read(Probe probe, NDManager manager) throws Refusal {
        Model model = probe.model();
        if (model instanceof Model.Bart bart) {
            BartConfiguration sizes = BartConfiguration.of(bart, locations);
            return new OpenedModel(
                    Families.bart(bart, sizes, locations, manager),
                    new SequenceTokens(sizes.decoderStart(), sizes.padding()));
        }
        return new OpenedModel(withoutDecoder(probe, manager), SequenceTokens.NONE);
    }

    static Checkpoint.Stored stored(Checkpoint checkpoint) throws Refusal {
        if (checkpoint instanceof Checkpoint.Stored stored) {
            return stored;
        }
        throw Refusal.badInput(CheckpointFile.KEY, checkpoint, "this family has no fresh initialisation; name a file");
    }

    private Checkpointed withoutDecoder(Probe probe, NDManager manager) throws Refusal {
        Model model = probe.model();
        if (model instanceof Model.ResNet18 resNet) {
            return Families.resNet18(resNet, locations, manager);
        }
        if (model instanceof Model.Bert bert) {
            return Families.bert(bert, BertConfiguration.of(bert, locations), locations, manager);
        }
        if (model instanceof Model.TorchScript script) {
            torchScript.requireAllowed(probe.team());
            return TorchScriptCheckpoint.of(
                    CheckpointFile.read(stored(script.checkpoint()), script.sha256(), locations), manager);
        }
        throw new IllegalArgumentException("a " + model.getClass().getSimpleName() + " is not trained");
    }
}
