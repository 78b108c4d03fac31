package io.stepsampler.method;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rates whose loss is nearly the lowest, among a few.
 *
 * @param losses by rate, one at least; absent where the trial diverged or failed
 */
record ValleyFloor(double baselineLoss, NavigableMap<LearningRate, @Nullable Double> losses) {

    /** How far above its lowest loss a valley's floor goes, with the whole fall at 1. */
    static final double HEIGHT = 0.1;

    /**
     * The highest rate of the floor.
     *
     * @param before where the floor ended after fewer steps: it ends no higher after more
     */
    LearningRate end(LearningRate before) {
        LearningRate lowest = lowest();
        Double best = losses.get(lowest);
        if (best == null || best >= baselineLoss) {
            return losses.firstKey();
        }
        double top = best + HEIGHT * (baselineLoss - best);
        LearningRate end = lowest;
        for (Map.Entry<LearningRate, @Nullable Double> next :
                losses.tailMap(lowest, false).entrySet()) {
            Double loss = next.getValue();
            if (loss == null) {
                return end;
            }
            if (loss > top) {
                double share = (top - Objects.requireNonNull(losses.get(end))) / (loss - losses.get(end));
                return LearningRate.ofExponent(
                        end.exponent() + share * (next.getKey().exponent() - end.exponent()));
            }
            end = next.getKey();
        }
        return end.compareTo(before) > 0 || isNext(end, before) ? before : end;
    }

    /** Whether the floor goes on to the last of the rates, so that it may well go on to where it ended before. */
    private boolean isNext(LearningRate end, LearningRate before) {
        return end.equals(losses.lastKey()) && end.compareTo(before) <= 0;
    }

    /** How far the lowest loss is below the baseline; 0 if it never is. */
    double fall() {
        Double best = losses.get(lowest());
        return best == null ? 0 : Math.max(0, baselineLoss - best);
    }

    private LearningRate lowest() {
        LearningRate lowest = losses.firstKey();
        for (Map.Entry<LearningRate, @Nullable Double> entry : losses.entrySet()) {
            Double loss = entry.getValue();
            Double best = losses.get(lowest);
            if (loss != null && (best == null || loss < best)) {
                lowest = entry.getKey();
            }
        }
        return lowest;
    }
}
