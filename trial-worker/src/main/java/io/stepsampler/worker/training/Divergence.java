package io.stepsampler.worker.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a training loss has run away: L_k − L_1 &gt; 100 · S, where S is the largest absolute loss of the baseline's
 * steps. Relative to the baseline, so that it holds for negative and for nearly perfect losses. The baseline itself has
 * no S and does not run away.
 */
record Divergence(@Nullable Double baselineLossScale) {

    private static final double FACTOR = 100;

    boolean isSeenIn(List<Double> earlierLosses, double loss) {
        if (!Double.isFinite(loss)) {
            return true;
        }
        if (baselineLossScale == null || earlierLosses.isEmpty()) {
            return false;
        }
        return loss - earlierLosses.get(0) > FACTOR * baselineLossScale;
    }
}
