package io.stepsampler.method;

import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;

/** The coarse grid again, with trials of twice as many steps, where no rate has learned anything yet. */
final class LongerGrid {

    /** Of the first trials' steps. Twice that would take all that a search may train. */
    private static final int MOST_DOUBLINGS = 2;

    private LongerGrid() {}

    static boolean isPossible(Settings settings, History history) {
        return settings.lengthen() && history.steps() < settings.steps() << MOST_DOUBLINGS;
    }

    /** Rates that diverged would do so again and are left out. */
    static List<PlannedProbe> wanted(Settings settings, History history, Refinement refinement) {
        int steps = history.steps();
        if (refinement.estimate().showsLearning() || !isPossible(settings, history)) {
            return List.of();
        }
        Curve curve = refinement.curve();
        int round = history.nextRound();
        return new CoarseGrid(settings.plan())
                .wideRates().stream()
                        .filter(rate -> !curve.gaps().contains(rate))
                        .map(rate -> new PlannedProbe(round, Purpose.GRID, rate.value(), settings.seed(), 2 * steps))
                        .toList();
    }
}
