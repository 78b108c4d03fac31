package io.stepsampler.method;

import java.util.List;

/**
 * Rates of the coarse grid that are worth a trial once the first ones are known.
 *
 * <p>All losses so far say whether more of the grid is needed; which of its rates, the rounds of the grid before alone.
 */
record GridRates(Settings settings, History history, Refinement refinement) {

    /**
     * The wide rates. Where losses are noisy or too few, those between, as neighbours tell how much of a loss is noise.
     * Where nothing was learned all, unless longer trials are to come.
     */
    List<LearningRate> open() {
        boolean showsLearning = refinement.estimate().showsLearning();
        boolean isLonger = history.steps() > settings.steps();
        if (isLonger && !new LongerGrid(settings, history, refinement).wanted().isEmpty()) {
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

    /** Of the second round. A first rate that failed hides what lies beside it. */
    private List<LearningRate> wide() {
        int firstRound = history.firstRound();
        Curve first = history.curve(firstRound).orElseThrow();
        boolean isWhole =
                history.missing().stream().noneMatch(trial -> trial.probe().round() == firstRound);
        return isWhole ? grid().widened(first) : CoarseGrid.further(grid().wideRates(), first);
    }

    /** But for those next to one that was tried meanwhile. */
    private List<LearningRate> notYet(List<LearningRate> rates) {
        ProbedRates probed = new ProbedRates(refinement);
        rates.forEach(probed::take);
        return probed.wanted();
    }
}
