package io.stepsampler.method;

import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * What the classic rules read from a sweep, as their authors meant them: on its exponentially smoothed losses, without the
 * first tenth and the last five steps.
 */
final class SweepSelections {

    private static final double SMOOTHING = 0.98;
    private static final int LAST_STEPS = 5;

    private SweepSelections() {}

    /** Nothing where the sweep ended too soon. */
    static List<Selection> of(Sweep sweep) {
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        double mean = 0;
        double weight = 1;
        for (Sweep.Step step : sweep.steps()) {
            mean = SMOOTHING * mean + (1 - SMOOTHING) * step.loss();
            weight *= SMOOTHING;
            rates.add(step.learningRate());
            losses.add(mean / (1 - weight));
        }
        int from = rates.size() / 10;
        int to = rates.size() - LAST_STEPS;
        if (to - from < 2 || losses.stream().anyMatch(loss -> !Double.isFinite(loss))) {
            return List.of();
        }
        return new ClassicRules(rates.subList(from, to), losses.subList(from, to))
                .selected().entrySet().stream()
                        .map(rule -> new Selection(
                                rule.getKey(),
                                Source.SWEEP,
                                LearningRate.of(rule.getValue()).value()))
                        .toList();
    }
}
