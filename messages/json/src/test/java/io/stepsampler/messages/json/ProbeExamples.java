package io.stepsampler.messages.json;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Probes of every kind, model, loss and optimizer, with nothing absent. */
final class ProbeExamples {

    static final UUID ID = UUID.fromString("b6f1a9c4-0f3c-4b5f-8a54-0c5a1d9a7d11");

    static final Conditions CONDITIONS = new Conditions(
            "gpu0",
            2,
            Map.of("pytorch", "2.7.1"),
            "checkpoint",
            "configuration",
            "batches",
            "validation",
            List.of(new Finding.Warning("MODE_BAKED_IN", "Dropout never acts.")));

    private static final Checkpoint STORED = new Checkpoint.Stored("/m/model");

    private static final List<Model> MODELS = List.of(
            new Model.ResNet18(STORED, "ab", "/m/state", new Model.ResNet18.Options(2, true)),
            new Model.Bert(
                    STORED,
                    "ab",
                    "/m/state",
                    new Model.Bert.Options("/m/config.json", 2, true, 10, 8, 2, 2, 12, 10, 0.1, 0.2)),
            new Model.Bart(
                    STORED,
                    "ab",
                    "/m/state",
                    new Model.Bart.Options("/m/config.json", 10, 8, 2, 2, 2, 2, 12, 12, 10, 0.1, 0.2, 0.3)),
            new Model.TorchScript(STORED, "ab", "/m/state"),
            new Model.Replay(STORED, new Model.Replay.Options(0.5)));

    private static final List<Loss> LOSSES = List.of(
            new Loss.CrossEntropy(0.1, -100L),
            new Loss.MeanSquaredError(),
            new Loss.MeanAbsoluteError(),
            new Loss.BinaryCrossEntropyWithLogits(),
            new Loss.Output());

    private static final List<Optimizer> OPTIMIZERS = List.of(
            new Optimizer.Sgd(0.9, 0.1, 0.01, false),
            new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0.01),
            new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01),
            new Optimizer.RmsProp(0.99, 1e-8, 0.01, 0.9, true),
            new Optimizer.Adagrad(0.1, 0.01, 0.2, 1e-10));

    private static final List<ProbeKind> KINDS = List.of(
            new ProbeKind.ConstantRate(1e-3),
            new ProbeKind.Sweep(1e-7, 10),
            new ProbeKind.Segment(1e-3, 1, new ProbeKind.TrainingState("/state", "ab")));

    private ProbeExamples() {}

    /** No two of them ask for the same. */
    static List<Probe> all() {
        return Stream.of(
                        MODELS.stream().map(model -> probe(KINDS.get(0), model, LOSSES.get(0), OPTIMIZERS.get(0))),
                        LOSSES.stream()
                                .skip(1)
                                .map(loss -> probe(KINDS.get(0), MODELS.get(0), loss, OPTIMIZERS.get(0))),
                        OPTIMIZERS.stream()
                                .skip(1)
                                .map(optimizer -> probe(KINDS.get(0), MODELS.get(0), LOSSES.get(0), optimizer)),
                        KINDS.stream()
                                .skip(1)
                                .map(kind -> probe(kind, MODELS.get(0), LOSSES.get(0), OPTIMIZERS.get(0))))
                .flatMap(probes -> probes)
                .toList();
    }

    static Probe any() {
        return probe(KINDS.get(0), MODELS.get(0), LOSSES.get(0), OPTIMIZERS.get(0));
    }

    private static Probe probe(ProbeKind kind, Model model, Loss loss, Optimizer optimizer) {
        return new Probe(
                ID,
                ID,
                "vision",
                "default",
                kind,
                1,
                17,
                20,
                1,
                false,
                0.9,
                model,
                new Dataset.Tensors("/d/train", "/d/validation", "/d/test", new Dataset.Tensors.Options(1024, true)),
                new Training(
                        loss,
                        optimizer,
                        16,
                        8,
                        20,
                        false,
                        3,
                        1.0,
                        List.of(new Training.ParameterGroup("bias", 0.1, 0.0, false)),
                        17),
                List.of(new FormerTrial(
                        new TrialReference(ID, ID), CONDITIONS, new Outcome.Measured(0.5, List.of(0.7)))));
    }
}
