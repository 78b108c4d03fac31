package io.stepsampler.method;

import io.stepsampler.messages.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The losses of one trial on its way.
 *
 * @param losses by step, counted from 1, those that are finite
 * @param divergedAt the step from which there is no loss; beyond all if there is none
 */
public record Trajectory(NavigableMap<Integer, Double> losses, int divergedAt) {

    private static final int NEVER = Integer.MAX_VALUE;

    /** So many windows up to a step; the mean of the last one is its loss, so that one batch decides nothing. */
    private static final int WINDOWS = 4;

    static Optional<Trajectory> of(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return Optional.of(new Trajectory(bySteps(measured.stepLosses()), NEVER));
        }
        return outcome instanceof Outcome.Diverged diverged
                ? Optional.of(new Trajectory(bySteps(diverged.stepLosses()), diverged.step()))
                : Optional.empty();
    }

    /** Of rows that name their step. */
    static Trajectory of(List<CurveRow> rows) {
        NavigableMap<Integer, Double> losses = new TreeMap<>();
        int divergedAt = NEVER;
        for (CurveRow row : rows) {
            Integer step = row.step();
            Double loss = row.loss();
            if (loss == null) {
                divergedAt = Math.min(divergedAt, step == null ? 0 : step);
            } else if (step != null) {
                losses.put(step, loss);
            }
        }
        return new Trajectory(losses, divergedAt);
    }

    static Trajectory constant(double loss, int steps) {
        return new Trajectory(bySteps(Collections.nCopies(steps, loss)), NEVER);
    }

    private static NavigableMap<Integer, Double> bySteps(List<Double> stepLosses) {
        NavigableMap<Integer, Double> losses = new TreeMap<>();
        for (Double loss : stepLosses) {
            losses.put(losses.size() + 1, loss);
        }
        return losses;
    }

    public boolean hasDivergedBy(int step) {
        return divergedAt <= step;
    }

    /** The loss of exactly that step, where it is known. */
    public Optional<Double> lossOf(int step) {
        return Optional.ofNullable(losses.get(step)).filter(loss -> !hasDivergedBy(step));
    }

    /** The mean loss of the last quarter of the steps up to one; absent if that one has none. */
    Optional<Double> lossAt(int step) {
        int window = Math.max(1, step / WINDOWS);
        return lossOf(step)
                .map(last -> losses.subMap(step - window, false, step, true).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(last))
                .filter(Double::isFinite);
    }
}
