package io.stepsampler.method;

import io.stepsampler.messages.Finding.Sweep;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of a search's range test. */
final class SweepLosses {

    private SweepLosses() {}

    /** Absent unless a range test was run and took a step. */
    static Optional<Sweep> of(History history, SearchPlan plan) {
        return history.trials().stream()
                .filter(trial -> trial.serves(Purpose.SWEEP))
                .flatMap(
                        trial -> Stream.ofNullable(trial.outcome()).map(outcome -> sweep(trial.probe(), outcome, plan)))
                .findFirst();
    }

    private static Sweep sweep(PlannedProbe probe, Outcome outcome, SearchPlan plan) {
        ProbeKind.Sweep kind = (ProbeKind.Sweep) probe.kind(plan);
        List<Double> losses = outcome instanceof Outcome.Measured measured
                ? measured.stepLosses()
                : outcome instanceof Outcome.Diverged diverged ? diverged.stepLosses() : List.of();
        List<Sweep.Step> steps = new ArrayList<>();
        for (int step = 1; step <= losses.size(); step++) {
            steps.add(new Sweep.Step(SweepRates.at(kind, step, probe.steps()), losses.get(step - 1)));
        }
        Integer divergedAtStep = outcome instanceof Outcome.Diverged diverged ? diverged.step() : null;
        return new Sweep(steps, divergedAtStep);
    }
}
