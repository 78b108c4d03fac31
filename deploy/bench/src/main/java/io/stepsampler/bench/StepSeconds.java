package io.stepsampler.bench;

import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.SearchFile;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.Trials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * Times steps, reset and whole trials of a search file, once for each line on standard input, so that another program
 * can take its turn between. Each answer: seconds of a step, of a reset and of a trial.
 */
final class StepSeconds {

    private static final UUID SEARCH = new UUID(0, 2);
    private static final double RATE = 1e-5;

    private final SearchSpecification specification;
    private final Trials trials;

    private StepSeconds(SearchSpecification specification, Trials trials) {
        this.specification = specification;
        this.trials = trials;
    }

    /** @param arguments a search file, threads, and the steps of a short and of a long trial */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        SearchFile.Reading reading = SearchFile.read(
                Files.readString(file), new Locations.RelativeTo(Objects.requireNonNull(file.getParent())));
        if (!(reading instanceof SearchFile.Accepted accepted)) {
            throw new IOException(reading.toString());
        }
        int few = Integer.parseInt(arguments[2]);
        int many = Integer.parseInt(arguments[3]);
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Trials trials = Trials.start(BenchSettings.trials(Integer.parseInt(arguments[1])))) {
            StepSeconds bench = new StepSeconds(accepted.specification(), trials);
            bench.seconds(few);
            bench.seconds(many);
            System.out.println("ready");
            while (turns.readLine() != null) {
                double step = (bench.seconds(many) - bench.seconds(few)) / (many - few);
                CheckReport check = trials.check(accepted.specification());
                double trial = check.trials().get(1).seconds();
                System.out.printf(Locale.ROOT, "%.9f %.9f %.9f%n", step, check.resetSeconds(), trial);
            }
        }
    }

    /** Of a trial, whose data and model are in memory from the second one on. */
    private double seconds(int steps) throws IOException {
        ProbeKind kind = new ProbeKind.ConstantRate(RATE);
        Probe probe = new Probe(
                ProbeIdentity.of(SEARCH, kind, 0, steps),
                SEARCH,
                "local",
                "default",
                kind,
                0,
                specification.training().seed(),
                steps,
                1,
                false,
                1e30,
                specification.model(),
                specification.data(),
                specification.training());
        TrialResult result = trials.run(probe, new Cancellation()).orElseThrow();
        if (result.cost().trainingSteps() != steps) {
            throw new IOException("the trial did not measure: " + result.outcome());
        }
        return result.cost().deviceSeconds();
    }
}
