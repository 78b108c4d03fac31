package io.stepsampler.worker.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.input.Sources;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.OptimizerState;
import io.stepsampler.worker.optimizer.OptimizerStateFile;
import io.stepsampler.worker.optimizer.ParameterGroups;
import io.stepsampler.worker.training.ModelReader.OpenedModel;
import java.nio.file.Path;
import java.util.List;

/** Reads what a search names, once, and refuses what cannot be trained. */
final class Preparation {

    private final Sources sources;
    private final TorchScriptPolicy torchScript;

    Preparation(Sources sources, TorchScriptPolicy torchScript) {
        this.sources = sources;
        this.torchScript = torchScript;
    }

    PreparedSearch prepare(Probe probe) throws Refusal {
        NDManager manager = Engine.getInstance().newBaseManager();
        try (Locations locations = sources.of(probe.team())) {
            return prepare(probe, locations, manager);
        } catch (Refusal | RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private PreparedSearch prepare(Probe probe, Locations locations, NDManager manager) throws Refusal {
        Dataset data = probe.data();
        if (data == null) {
            throw Refusal.badInput("data", "absent", "every family but replay needs data");
        }
        OpenedModel model = new ModelReader(locations, torchScript).read(probe, manager);
        Checkpointed checkpoint = model.checkpoint();
        LossFunction loss = LossFunction.of(probe.training().loss(), manager);
        PreparedBatches read = new DatasetReader(probe, locations, model.sequenceTokens(), manager).read(data);
        requireGroupsHold(checkpoint, probe, manager);
        OptimizerState optimizerState = optimizerState(checkpoint, probe, locations, manager);
        try (NDManager trying = manager.newSubManager()) {
            Fit fit = new Fit(checkpoint, new LossFit(loss.loss()), trying);
            Batch first = read.training().at(1, trying);
            fit.require(first, read.training().all(), "data.train", read.trainLocation());
            fit.require(read.validation().get(0), read.validation(), "data.validation", read.validationLocation());
            new PartsFit(checkpoint, loss, probe.training(), trying).require(first);
        }
        return new PreparedSearch(
                manager,
                checkpoint,
                optimizerState,
                probe.training(),
                loss,
                read.training(),
                read.validation(),
                read.training().digest(),
                BatchDigest.of(read.validation()));
    }

    private static OptimizerState optimizerState(
            Checkpointed checkpoint, Probe probe, Locations locations, NDManager manager) throws Refusal {
        String location = probe.model().optimizerState();
        if (location == null) {
            return OptimizerState.FRESH;
        }
        Training training = probe.training();
        Path file = locations.file(OptimizerStateFile.KEY, location);
        try (NDManager trying = manager.newSubManager()) {
            return OptimizerStateFile.read(location, file, manager)
                    .stateOf(
                            training.optimizer(),
                            checkpoint.fresh(trying).parameters(),
                            ParameterGroups.of(training.groups(), training.optimizer()));
        }
    }

    /** A group that holds nothing is a slip: the decay or the rate that it speaks of would go nowhere. */
    private static void requireGroupsHold(Checkpointed checkpoint, Probe probe, NDManager manager) throws Refusal {
        ParameterGroups groups =
                ParameterGroups.of(probe.training().groups(), probe.training().optimizer());
        try (NDManager trying = manager.newSubManager()) {
            Network network = checkpoint.fresh(trying);
            List<String> names =
                    network.parameters().stream().map(Parameter::name).toList();
            List<String> unused = groups.unused(names);
            if (!unused.isEmpty()) {
                throw Refusal.badInput(
                        "training.groups.match",
                        unused.get(0),
                        "no parameter is left whose name holds it; the first names are "
                                + names.subList(0, Math.min(5, names.size())));
            }
            if (names.stream().allMatch(name -> groups.of(name).frozen())) {
                throw Refusal.badInput(
                        "training.groups.frozen", "true", "it holds for every parameter; one at least must be trained");
            }
        }
    }

    /** What a search trains on and is judged by. */
    record PreparedBatches(
            TrainingBatches training, List<Batch> validation, String trainLocation, String validationLocation) {

        PreparedBatches {
            validation = List.copyOf(validation);
        }
    }
}
