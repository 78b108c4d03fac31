package io.stepsampler.method;

import java.util.List;

/**
 * Rates of the coarse grid that are worth a trial once the first ones are known.
 *
 * <p>Round after round is decided from the rounds of the grid before it alone, whatever else was probed since.
 */
record GridRates(Settings settings, History history, Refinement refinement) {

    /**
     * The wide rates. Where losses are noisy or too few, those between, as neighbours tell how much of a loss is noise.
     * Where nothing was learned all, unless longer trials are to come.
     */
    List<LearningRate> open() {
        boolean isLonger = history.steps() > settings.steps();
        boolean showsLearning = refinement.estimate().showsLearning();
        if (isLonger && !showsLearning && LongerGrid.isPossible(settings, history)) {
            return List.of();
        }
        List<LearningRate> wide = notYet(wide());
        if (!wide.isEmpty()) {
            return wide;
        }
        List<LearningRate> filled = showsLearning && !refinement.isNoisy() ? List.of() : notYet(filled());
        return filled.isEmpty() && !showsLearning ? notYet(grid().rates()) : filled;
    }

    /** Of the round after the wide ones. */
    private List<LearningRate> filled() {
        int lastRound = history.firstRound() + (wide().isEmpty() ? 0 : 1);
        return grid().filled(history.curve(lastRound).orElseThrow());
    }

    private CoarseGrid grid() {
        return new CoarseGrid(settings.plan());
    }

    /** Of the second round. */
    private List<LearningRate> wide() {
        return grid().widened(history.curve(history.firstRound()).orElseThrow());
    }

    private List<LearningRate> notYet(List<LearningRate> rates) {
        return rates.stream()
                .filter(rate -> !refinement.curve().probedRates().contains(rate))
                .toList();
    }
}
