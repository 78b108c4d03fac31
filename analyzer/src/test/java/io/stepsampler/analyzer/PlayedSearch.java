package io.stepsampler.analyzer;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A search whose trials are a formula: what coordinator and workers send in it. */
public record PlayedSearch(Search search) {

    /** What every worker says of the model. */
    static final Finding.Warning DOUBT = new Finding.Warning("MODE_BAKED_IN", "Dropout never acts.");

    public static PlayedSearch fresh() {
        return seeded(17, 0.05);
    }

    static PlayedSearch seeded(long seed, double thresholdDecades) {
        return of("/no/file", seed, thresholdDecades);
    }

    static PlayedSearch of(String checkpoint, long seed, double thresholdDecades) {
        SearchSpecification specification = new SearchSpecification(
                "played",
                new Model.Replay(new Checkpoint.Stored(checkpoint), new Model.Replay.Options(0)),
                null,
                Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0, 0, 0, false), 16, 20, seed),
                new SearchPlan(
                        1e-6,
                        1,
                        0.5,
                        thresholdDecades,
                        new SearchPlan.Budget(64),
                        SearchPlan.Refinement.ADAPTIVE,
                        SearchPlan.Reading.RELATIVE,
                        false),
                "default");
        return new PlayedSearch(new Search(UUID.randomUUID(), "local", 1, SearchState.RUNNING, specification));
    }

    public UUID id() {
        return search.searchId();
    }

    public Search cancelled() {
        return new Search(id(), search.team(), 2, SearchState.CANCELLED, search.specification());
    }

    public Probe baseline() {
        return ProbeMessages.firstIssue(search, StepSampling.baseline(settings()), List.of());
    }

    public List<Probe> firstRound() {
        PlannedProbe baseline = StepSampling.baseline(settings());
        List<Trial> history = List.of(new Trial(baseline, outcome(0)));
        return StepSampling.firstRound(settings()).stream()
                .map(planned -> ProbeMessages.firstIssue(search, planned, history))
                .toList();
    }

    public TrialEvent.Finished finished(Probe probe) {
        return finished(probe, outcome(((ProbeKind.ConstantRate) probe.kind()).learningRate()));
    }

    public TrialEvent.Finished finished(Probe probe, Outcome outcome) {
        return new TrialEvent.Finished(
                probe.probeId(),
                id(),
                probe.attempt(),
                "played worker",
                Instant.now(),
                outcome,
                new TrialEvent.Cost(20, 0.5),
                new TrialEvent.Conditions("cpu", 1, Map.of(), "checkpoint", "batches", "validation", List.of(DOUBT)));
    }

    public TrialEvent.Started started(Probe probe) {
        return new TrialEvent.Started(probe.probeId(), id(), probe.attempt(), "played worker", Instant.now());
    }

    Settings settings() {
        return Settings.of(search.specification());
    }

    /** A plateau at 1, a smooth descent around 1e-3, a minimum near 3e-2, and divergence above 0.5. */
    static Outcome outcome(double rate) {
        if (rate > 0.5) {
            return new Outcome.Diverged(3, List.of(1.0, 5.0));
        }
        double descent = 0.6 / (1 + Math.pow(1e-3 / Math.max(rate, 1e-12), 1.5));
        double overshoot = 8 * rate * rate;
        return new Outcome.Measured(1 - descent + overshoot, List.of(1.0, 0.9));
    }
}
