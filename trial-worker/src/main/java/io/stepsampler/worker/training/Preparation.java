package io.stepsampler.worker.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import io.stepsampler.worker.network.BartConfiguration;
import io.stepsampler.worker.network.BertConfiguration;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Families;
import io.stepsampler.worker.network.Rehearsal;
import io.stepsampler.worker.network.TorchScriptCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** Reads what a search names, once, and refuses what cannot be trained. */
final class Preparation {

    private final Locations locations;
    private final TorchScriptPolicy torchScript;

    Preparation(Locations locations, TorchScriptPolicy torchScript) {
        this.locations = locations;
        this.torchScript = torchScript;
    }

    PreparedSearch prepare(Probe probe) throws Refusal {
        NDManager manager = Engine.getInstance().newBaseManager();
        try {
            return prepare(probe, manager);
        } catch (Refusal | RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    private PreparedSearch prepare(Probe probe, NDManager manager) throws Refusal {
        Dataset data = probe.data();
        if (data == null) {
            throw Refusal.badInput("data", "absent", "every family but replay needs data");
        }
        Checkpointed checkpoint = checkpoint(probe.model(), manager);
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

    private Checkpointed checkpoint(Model model, NDManager manager) throws Refusal {
        if (model instanceof Model.ResNet18 resNet) {
            return Families.resNet18(resNet, locations, manager);
        }
        if (model instanceof Model.Bert bert) {
            return Families.bert(bert, BertConfiguration.of(bert, locations), locations, manager);
        }
        if (model instanceof Model.Bart bart) {
            return Families.bart(bart, BartConfiguration.of(bart, locations), locations, manager);
        }
        if (model instanceof Model.TorchScript script) {
            torchScript.requireAllowed();
            return TorchScriptCheckpoint.of(
                    CheckpointFile.read(Parts.stored(script.checkpoint()), script.sha256(), locations), manager);
        }
        throw new IllegalArgumentException("a " + model.getClass().getSimpleName() + " is not trained");
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
        NDArray answer = checkpoint.answer(new NDList(inputs), manager);
        boolean rowForRow = answer.getShape().dimension() > 0
                && answer.getShape().get(0) == inputs.getShape().get(0);
        if (!rowForRow) {
            throw Rehearsal.unanswered(
                    checkpoint, new NDList(inputs), "it answers with the shapes [" + answer.getShape() + "]");
        }
        return answer;
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
