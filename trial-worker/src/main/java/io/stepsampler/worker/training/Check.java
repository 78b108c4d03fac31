package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.CheckReport.CheckedTrial;
import io.stepsampler.messages.CheckReport.Tensor;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at a prepared search: its first batch, what a reset costs, one trial at rate 0 and one at 1e-4. */
record Check(Arithmetic arithmetic, PreparedSearch search, double readSeconds, Conditions conditions) {

    static final double TRIED_RATE = 1e-4;

    /** Long enough for a class to be seen, and short enough for a screen. */
    private static final int MOST_LABELS = 1000;

    private static final UUID SEARCH = new UUID(0, 0);
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    static Probe baseline(SearchSpecification specification) {
        ProbeKind kind = new ProbeKind.ConstantRate(0);
        long seed = specification.training().seed();
        int steps = specification.training().steps();
        return new Probe(
                ProbeIdentity.of(SEARCH, kind, seed, steps),
                SEARCH,
                "local",
                specification.pool(),
                kind,
                0,
                seed,
                steps,
                1,
                false,
                null,
                specification.model(),
                specification.data(),
                specification.training());
    }

    CheckReport report(int steps) {
        CheckedTrial baseline = trial(0, steps, null);
        Double scale = baseline.outcome() instanceof Outcome.Measured measured
                ? measured.stepLosses().stream().mapToDouble(Math::abs).max().orElse(0)
                : null;
        List<CheckedTrial> trials = List.of(baseline, trial(TRIED_RATE, steps, scale));
        try (NDManager manager = search.manager().newSubManager()) {
            Batch first = search.trainingBatches().at(1, manager);
            NDArray targets = first.targets();
            return new CheckReport(
                    first.inputs().stream().map(Check::tensor).toList(),
                    targets == null ? null : tensor(targets),
                    labels(targets),
                    trainedNumbers(manager),
                    readSeconds,
                    resetSeconds(),
                    peakMemoryBytes(),
                    trials,
                    conditions,
                    null);
        }
    }

    private CheckedTrial trial(double rate, int steps, @Nullable Double baselineLossScale) {
        arithmetic.reset(search.training().seed());
        List<Double> norms = new ArrayList<>();
        long startedNanos = System.nanoTime();
        try (NDManager manager = search.manager().newSubManager()) {
            Trial trial = new Trial(
                    search,
                    RateSchedule.constant(rate, search.training().warmupSteps()),
                    new Divergence(baselineLossScale),
                    (step, loss, norm) -> norms.add(norm.getAsDouble()),
                    manager);
            Outcome outcome = trial.run(steps, new Cancellation()).orElseThrow();
            List<Double> finite = norms.stream().filter(Double::isFinite).toList();
            return new CheckedTrial(rate, outcome, finite, secondsSince(startedNanos));
        }
    }

    private double resetSeconds() {
        long startedNanos = System.nanoTime();
        try (NDManager manager = search.manager().newSubManager()) {
            List<Parameter> parameters = search.checkpoint().fresh(manager).parameters();
            // a device copies while nobody waits; a number of the last tensor is there when it has ended
            NDArray last = parameters.get(parameters.size() - 1).array();
            StepArrays.number(StepArrays.borrowed(last, manager).max());
            return secondsSince(startedNanos);
        }
    }

    private long trainedNumbers(NDManager manager) {
        ParameterGroups groups =
                ParameterGroups.of(search.training().groups(), search.training().optimizer());
        return search.checkpoint().fresh(manager).parameters().stream()
                .filter(parameter -> !groups.of(parameter.name()).frozen())
                .mapToLong(parameter -> parameter.array().size())
                .sum();
    }

    private Map<String, Long> labels(@Nullable NDArray targets) {
        Map<String, Long> counts = new TreeMap<>();
        if (targets == null || !(search.training().loss() instanceof Loss.CrossEntropy)) {
            return counts;
        }
        long[] labels = targets.toLongArray();
        long distinct = Arrays.stream(labels).distinct().count();
        if (distinct <= MOST_LABELS) {
            for (long label : labels) {
                counts.merge(Long.toString(label), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static Tensor tensor(NDArray array) {
        String name = array.getName();
        return new Tensor(
                name == null ? "" : name,
                array.getDataType().toString(),
                Arrays.stream(array.getShape().getShape()).boxed().toList());
    }

    /** What Linux has counted, or 0 elsewhere. */
    private static long peakMemoryBytes() {
        try {
            return Files.readAllLines(PROCESS_STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static double secondsSince(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
