package io.stepsampler.worker.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.data.BatchOrder;
import io.stepsampler.worker.data.Examples;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Digest;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.input.Sources;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Complaint;
import io.stepsampler.worker.network.Network.Mode;
import io.stepsampler.worker.network.ResNet18Checkpoint;
import io.stepsampler.worker.network.TorchScriptCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

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
        Checkpointed checkpoint = checkpoint(probe, locations, manager);
        LossFunction loss = new LossFunction(probe.training().loss());
        try (Parts parts = Parts.open(data, probe, locations)) {
            List<Batch> training = trainingBatches(parts.train(), data, probe, manager);
            List<Batch> validation = validationBatches(parts.validation(), data, probe, manager);
            requireFit(checkpoint, training, loss, "data.train", "data.train", manager);
            requireFit(checkpoint, validation, loss, "data.validation", "data.validation", manager);
            return new PreparedSearch(
                    manager, checkpoint, loss, training, validation, digest(training), digest(validation));
        }
    }

    private Checkpointed checkpoint(Probe probe, Locations locations, NDManager manager) throws Refusal {
        Model model = probe.model();
        if (model instanceof Model.ResNet18 resNet) {
            return resNet18(resNet, locations, manager);
        }
        if (model instanceof Model.TorchScript script) {
            torchScript.requireAllowed(probe.team());
            return TorchScriptCheckpoint.of(
                    CheckpointFile.read(Parts.stored(script.checkpoint()), script.sha256(), locations), manager);
        }
        throw new IllegalArgumentException("a " + model.getClass().getSimpleName() + " is not trained");
    }

    private static Checkpointed resNet18(Model.ResNet18 model, Locations locations, NDManager manager) throws Refusal {
        int classes = model.options().classes();
        if (classes < 1) {
            throw Refusal.badInput("model.options.classes", classes, "it must be at least 1");
        }
        if (model.checkpoint() instanceof Checkpoint.Fresh fresh) {
            return ResNet18Checkpoint.fromSeed(fresh.seed(), classes, manager);
        }
        CheckpointFile file = CheckpointFile.read(Parts.stored(model.checkpoint()), model.sha256(), locations);
        return ResNet18Checkpoint.fromFile(file, classes, manager);
    }

    private static List<Batch> trainingBatches(Examples examples, Dataset data, Probe probe, NDManager manager)
            throws Refusal {
        int batchSize = probe.training().batchSize();
        int count = examples.count();
        if (batchSize < 1 || batchSize > count) {
            throw Refusal.badInput(
                    "training.batchSize",
                    batchSize,
                    "data.train holds " + count + " examples; allowed is 1 to " + count);
        }
        IntFunction<int[]> epochs = Parts.shuffles(data)
                ? epoch -> BatchOrder.permutation(count, probe.seed(), epoch)
                : epoch -> BatchOrder.fileOrder(count);
        return batches(examples, BatchOrder.trainingBatches(epochs, batchSize, probe.steps()), manager);
    }

    private static List<Batch> validationBatches(Examples examples, Dataset data, Probe probe, NDManager manager)
            throws Refusal {
        int atMost = Parts.validationExamples(data);
        if (atMost < 1) {
            throw Refusal.badInput("data.options.validationExamples", atMost, "it must be at least 1");
        }
        return batches(
                examples,
                BatchOrder.validationBatches(
                        examples.count(), atMost, probe.seed(), probe.training().batchSize()),
                manager);
    }

    private static List<Batch> batches(Examples examples, List<int[]> rows, NDManager manager) throws Refusal {
        List<Batch> batches = new ArrayList<>();
        for (int[] batchRows : rows) {
            batches.add(examples.batch(batchRows, manager));
        }
        return List.copyOf(batches);
    }

    /** What cannot be evaluated cannot be trained: run each batch's shape, and look at every target. */
    private static void requireFit(
            Checkpointed checkpoint,
            List<Batch> batches,
            LossFunction loss,
            String key,
            String location,
            NDManager manager)
            throws Refusal {
        try (NDManager trying = manager.newSubManager()) {
            NDArray first = batches.get(0).inputs().get(0).duplicate();
            first.attach(trying);
            Shape outputs = answer(checkpoint, first, trying).getShape();
            for (Batch batch : batches) {
                Shape answered = new Shape(batch.rows()).addAll(outputs.slice(1));
                loss.requireFit(answered, Objects.requireNonNull(batch.targets()), key, location);
            }
        }
    }

    private static NDArray answer(Checkpointed checkpoint, NDArray inputs, NDManager manager) throws Refusal {
        NDList outputs;
        try {
            outputs = new NDList(checkpoint.fresh(manager).forward(new NDList(inputs), Mode.EVALUATION));
        } catch (EngineException | IllegalStateException | UnsupportedOperationException e) {
            throw unanswered(checkpoint, inputs, "PyTorch says: " + Complaint.of(e));
        }
        boolean rowForRow = outputs.size() == 1
                && outputs.get(0).getShape().dimension() > 0
                && outputs.get(0).getShape().get(0) == inputs.getShape().get(0);
        if (!rowForRow) {
            throw unanswered(
                    checkpoint,
                    inputs,
                    "it answers with the shapes "
                            + outputs.stream().map(NDArray::getShape).toList());
        }
        return outputs.get(0);
    }

    private static Refusal unanswered(Checkpointed checkpoint, NDArray inputs, String reason) {
        return Refusal.badInput(
                CheckpointFile.KEY,
                checkpoint.location(),
                "the model must take one tensor of shape " + inputs.getShape()
                        + " and answer with one, a row for each example; " + reason);
    }

    private static String digest(List<Batch> batches) {
        Digest digest = new Digest();
        for (Batch batch : batches) {
            for (NDArray array : List.of(batch.inputs().get(0), Objects.requireNonNull(batch.targets()))) {
                digest.add(array.getDataType() + array.getShape().toString()).add(array.toByteBuffer());
            }
        }
        return digest.hex();
    }
}
