package io.stepsampler.bench;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** Compares the trial worker's losses with curves that PyTorch gave for the same module, batches and optimizers. */
final class GoldenCurves {

    private static final int BATCH_SIZE = 12;
    private static final UUID SEARCH = new UUID(0, 1);

    private static final Map<String, Optimizer> OPTIMIZERS = optimizers();

    /** The highest rate at which training is not yet chaotic, with these optimizers. */
    private static final double HIGHEST_RATE = 1e-3;

    private static final Set<String> HELD = Set.of("sgd", "sgd-momentum", "adam", "adamw");

    private static final double TOLERANCE = 1e-3;
    private static final double BASELINE_TOLERANCE = 1e-6;

    private final Path folder;
    private final Trials trials;

    private GoldenCurves(Path folder, Trials trials) {
        this.folder = folder;
        this.trials = trials;
    }

    private static Map<String, Optimizer> optimizers() {
        Map<String, Optimizer> optimizers = new LinkedHashMap<>();
        optimizers.put("sgd", new Optimizer.Sgd(0, 0, 0, false));
        optimizers.put("sgd-momentum", new Optimizer.Sgd(0.9, 0, 1e-4, false));
        optimizers.put("adam", new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0));
        optimizers.put("adamw", new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01));
        optimizers.put("rmsprop", new Optimizer.RmsProp(0.99, 1e-8, 0, 0, false));
        optimizers.put("adagrad", new Optimizer.Adagrad(0, 0, 0, 1e-10));
        return optimizers;
    }

    /** @param arguments a folder with model.pt, train.npz, validation.npz and curve-OPTIMIZER.csv files */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        boolean agree;
        try (Trials trials = Trials.start(BenchSettings.trials(1))) {
            agree = new GoldenCurves(folder, trials).compareAll();
        }
        System.out.printf(
                "%s up to rate %.0e: every loss is within %.0e, the baseline within %.0e: %s%n",
                new TreeSet<>(HELD), HIGHEST_RATE, TOLERANCE, BASELINE_TOLERANCE, agree ? "yes" : "no");
        System.exit(agree ? 0 : 1);
    }

    /** @return whether the curves of all that are held agree */
    private boolean compareAll() throws IOException {
        System.out.printf(
                "%-14s %-12s %-10s %-22s %-12s %s%n",
                "optimizer", "rate", "outcome", "validation loss", "relative", "worst step, relative");
        boolean agree = true;
        for (Map.Entry<String, Optimizer> optimizer : OPTIMIZERS.entrySet()) {
            Path file = folder.resolve("curve-" + optimizer.getKey() + ".csv");
            if (Files.exists(file)) {
                boolean agrees = compare(optimizer.getKey(), optimizer.getValue(), ReferenceCurve.read(file));
                agree &= agrees || !HELD.contains(optimizer.getKey());
            }
        }
        return agree;
    }

    /** @return whether every loss up to the highest rate is within its tolerance */
    private boolean compare(String name, Optimizer optimizer, ReferenceCurve reference) {
        double baselineScale = reference.rows().get(0).stepLosses().stream()
                .mapToDouble(Math::abs)
                .max()
                .orElseThrow();
        boolean agrees = true;
        for (ReferenceCurve.Row row : reference.rows()) {
            TrialResult result = run(optimizer, row, row.learningRate() == 0 ? null : baselineScale);
            if (row.learningRate() == 0) {
                System.out.println(BenchSettings.describe(result.conditions()));
            }
            agrees &= row.learningRate() > HIGHEST_RATE || isWithin(result.outcome(), row);
            String line = describe(result.outcome(), row);
            System.out.printf("%-14s %-12.4g %s%n", name, row.learningRate(), line);
        }
        return agrees;
    }

    private static boolean isWithin(Outcome outcome, ReferenceCurve.Row row) {
        double tolerance = row.learningRate() == 0 ? BASELINE_TOLERANCE : TOLERANCE;
        return outcome instanceof Outcome.Measured measured
                && relative(measured.loss(), row.validationLoss()) <= tolerance
                && worstStep(measured, row) <= TOLERANCE;
    }

    private static double worstStep(Outcome.Measured measured, ReferenceCurve.Row row) {
        return IntStream.range(0, row.stepLosses().size())
                .mapToDouble(i ->
                        relative(measured.stepLosses().get(i), row.stepLosses().get(i)))
                .max()
                .orElse(0);
    }

    private static String describe(Outcome outcome, ReferenceCurve.Row row) {
        if (outcome instanceof Outcome.Measured measured) {
            return "%-10s %-22.9g %-12.2g %.2g"
                    .formatted(
                            "measured",
                            measured.loss(),
                            relative(measured.loss(), row.validationLoss()),
                            worstStep(measured, row));
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            return "diverged   at step %d (reference: validation loss %.4g)"
                    .formatted(diverged.step(), row.validationLoss());
        }
        return outcome.toString();
    }

    private static double relative(double value, double reference) {
        return Math.abs(value - reference) / Math.abs(reference);
    }

    private TrialResult run(
            Optimizer optimizer, ReferenceCurve.Row row, @org.jspecify.annotations.Nullable Double scale) {
        int steps = row.stepLosses().size();
        ProbeKind kind = new ProbeKind.ConstantRate(row.learningRate());
        Probe probe = new Probe(
                ProbeIdentity.of(SEARCH, kind, 0, steps),
                SEARCH,
                "local",
                "default",
                kind,
                0,
                0,
                steps,
                1,
                false,
                scale,
                new Model.TorchScript(
                        new Checkpoint.Stored(folder.resolve("model.pt").toString()), null),
                new Dataset.Tensors(
                        folder.resolve("train.npz").toString(),
                        folder.resolve("validation.npz").toString(),
                        null,
                        new Dataset.Tensors.Options(1024, false)),
                Training.plain(Loss.CrossEntropy.plain(), optimizer, BATCH_SIZE, steps, 0));
        return trials.run(probe, new Cancellation()).orElseThrow();
    }
}
