package io.stepsampler.method;

import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The coarse grid again, with trials of twice as many steps, where no rate has learned anything yet. */
record LongerGrid(Settings settings, History history, Refinement refinement) {

    /** Of the first trials' steps. Twice that would take all that a search may train. */
    private static final int MOST_DOUBLINGS = 2;

    /** All of it or nothing; rates that diverged would do so again and are left out. */
    List<PlannedProbe> wanted() {
        boolean isPossible = settings.lengthen() && history.steps() < settings.steps() << MOST_DOUBLINGS;
        if (!isPossible || refinement.estimate().showsLearning()) {
            return List.of();
        }
        Set<LearningRate> diverged = new HashSet<>(refinement.curve().gaps());
        history.missing().forEach(failed -> diverged.remove(failed.probe().rate()));
        int round = history.nextRound();
        int steps = 2 * history.steps();
        List<PlannedProbe> probes = new CoarseGrid(settings.plan())
                .wideRates().stream()
                        .filter(rate -> !diverged.contains(rate))
                        .map(rate -> new PlannedProbe(round, Purpose.GRID, rate.value(), settings.seed(), steps))
                        .toList();
        return Horizon.isAffordable(settings, history, probes, steps) ? probes : List.of();
    }
}
