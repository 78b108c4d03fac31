package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Sha256;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.Answer;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.StepSampling;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds to the method's answer what only the service knows: whose search it is, what it cost, and where it ran. */
final class Findings {

    private Findings() {}

    static Finding of(HeldSearch search, Answer answer) {
        List<StoredProbe> probes = search.probes();
        List<TrialEvent.Finished> finished = probes.stream()
                .map(StoredProbe::finished)
                .filter(Objects::nonNull)
                .toList();
        Optional<TrialEvent.Conditions> baseline = baseline(probes);
        return answer.with(baseline.map(TrialEvent.Conditions::warnings).orElse(List.of()))
                .with(MixedDevices.warning(finished).stream().toList())
                .finding(
                        search.search().searchId(),
                        search.search().specification().name(),
                        progress(probes, finished.size()),
                        cost(search, probes, finished),
                        provenance(search, baseline));
    }

    private static Finding.Progress progress(List<StoredProbe> probes, int done) {
        int round =
                probes.stream().mapToInt(probe -> probe.probe().round()).max().orElse(0);
        return new Finding.Progress(round, probes.size(), done);
    }

    private static Finding.Cost cost(HeldSearch search, List<StoredProbe> probes, List<TrialEvent.Finished> finished) {
        int reused = (int)
                finished.stream().filter(trial -> trial.reusedFrom() != null).count();
        return new Finding.Cost(
                probes.size(),
                finished.stream()
                        .mapToLong(trial -> trial.cost().trainingSteps())
                        .sum(),
                finished.stream()
                        .mapToDouble(trial -> trial.cost().deviceSeconds())
                        .sum(),
                search.wallSeconds(),
                reused == 0 ? null : (Integer) reused);
    }

    /** It runs first and alone, and says what every other trial trains on. */
    private static Optional<TrialEvent.Conditions> baseline(List<StoredProbe> probes) {
        return probes.stream()
                .filter(probe -> probe.probe().purpose() == PlannedProbe.Purpose.BASELINE)
                .map(StoredProbe::finished)
                .filter(Objects::nonNull)
                .map(TrialEvent.Finished::conditions)
                .findFirst();
    }

    private static Finding.Provenance provenance(HeldSearch search, Optional<TrialEvent.Conditions> baseline) {
        return new Finding.Provenance(
                StepSampling.VERSION,
                Sha256.hex(MessageJson.write(search.search().specification())),
                baseline.map(TrialEvent.Conditions::checkpointDigest).orElse(null),
                baseline.map(TrialEvent.Conditions::batchesDigest).orElse(null),
                baseline.map(TrialEvent.Conditions::validationDigest).orElse(null),
                baseline.map(TrialEvent.Conditions::device).orElse(null),
                baseline.map(TrialEvent.Conditions::threads).orElse(null),
                baseline.map(TrialEvent.Conditions::versions).orElse(Map.of()));
    }
}
