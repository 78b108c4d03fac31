package io.stepsampler.bench;

import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.SearchFile;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

/** Trials of a search file, run one after the other. */
record BenchSearch(SearchSpecification specification, TrialRunner trials) {

    private static final UUID SEARCH = new UUID(0, 2);

    /** Nothing diverges: a bench wants every step. */
    private static final double BASELINE_LOSS_SCALE = 1e30;

    static SearchSpecification read(Path searchFile) throws IOException {
        Path file = searchFile.toAbsolutePath().normalize();
        SearchFile.Reading reading = SearchFile.read(
                Files.readString(file), new Locations.RelativeTo(Objects.requireNonNull(file.getParent())));
        if (reading instanceof SearchFile.Accepted accepted) {
            return accepted.specification();
        }
        throw new IOException(reading.toString());
    }

    TrialResult trial(double learningRate, int steps) throws IOException, InterruptedException {
        ProbeKind kind = new ProbeKind.ConstantRate(learningRate);
        long seed = specification.training().seed();
        Probe probe = new Probe(
                ProbeIdentity.of(SEARCH, kind, seed, steps),
                SEARCH,
                "local",
                "default",
                kind,
                0,
                seed,
                steps,
                1,
                false,
                BASELINE_LOSS_SCALE,
                specification.model(),
                specification.data(),
                specification.training());
        TrialResult result = trials.run(probe, new Cancellation()).orElseThrow();
        if (result.cost().trainingSteps() != steps) {
            throw new IOException("the trial did not measure: " + result.outcome());
        }
        return result;
    }
}
