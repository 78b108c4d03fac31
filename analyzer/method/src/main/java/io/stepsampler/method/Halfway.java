package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the answer was another one halfway, as the losses of every step show it: then it may move on.
 *
 * <p>The lower end of the window moves by a known amount with every doubling of the steps, so that the upper end is
 * looked at: where the floor of the valley ended. On the way there are training losses alone, and so both ends are read
 * from those.
 *
 * @param trajectories of the curve's trials on one seed, the baseline's at rate 0
 */
record Halfway(NavigableMap<LearningRate, Trajectory> trajectories, int steps) {

    private static final int FEWEST_STEPS = 8;

    /** With less of its fall, the curve halfway has no floor yet. */
    private static final double LEARNED = 0.1;

    /** So many thresholds: losses of single batches are noisier than those that the answer rests on. */
    private static final double NOTEWORTHY = 2;

    /** Of the curve's trials on the first seed, and of its baseline. */
    static Halfway of(History history) {
        int steps = history.steps();
        NavigableMap<LearningRate, Trajectory> trajectories = new TreeMap<>();
        for (Trial trial : history.trials()) {
            boolean first = trial.serves(Purpose.BASELINE)
                    ? trial.probe().round() == 0
                    : trial.isOnCurve()
                            && !trial.serves(Purpose.REPEAT)
                            && trial.probe().steps() == steps;
            Outcome outcome = trial.outcome();
            if (first && outcome != null) {
                Trajectory.of(outcome)
                        .ifPresent(known -> trajectories.put(trial.probe().rate(), known));
            }
        }
        return new Halfway(trajectories, steps);
    }

    /** @param middle that rests on the whole trials */
    Optional<Warning> warning(Middle middle, double thresholdDecades) {
        return movedDecades(middle)
                .filter(moved -> Math.abs(moved) > NOTEWORTHY * thresholdDecades)
                .map(moved -> Warnings.answerMoves(steps, moved));
    }

    private Optional<Double> movedDecades(Middle middle) {
        Optional<ValleyFloor> whole = floorAt(steps);
        Optional<ValleyFloor> half = floorAt(steps / 2);
        if (steps < FEWEST_STEPS || whole.isEmpty() || half.isEmpty()) {
            return Optional.empty();
        }
        if (half.get().fall() < LEARNED * whole.get().fall()) {
            return Optional.empty();
        }
        double now = middle.withFloorEnd(end(whole.get()), steps).rate().exponent();
        double before = middle.withFloorEnd(end(half.get()), steps / 2).rate().exponent();
        return Optional.of(now - before);
    }

    private static LearningRate end(ValleyFloor floor) {
        return floor.end(floor.losses().lastKey());
    }

    /** Absent where a trial does not know its loss there. */
    private Optional<ValleyFloor> floorAt(int step) {
        Optional<Double> baseline =
                Optional.ofNullable(trajectories.get(LearningRate.BASELINE)).flatMap(known -> known.lossAt(step));
        NavigableMap<LearningRate, @Nullable Double> losses = new TreeMap<>();
        for (Map.Entry<LearningRate, Trajectory> entry :
                trajectories.tailMap(LearningRate.BASELINE, false).entrySet()) {
            Optional<Double> loss = entry.getValue().lossAt(step);
            if (loss.isEmpty() && !entry.getValue().hasDivergedBy(step)) {
                return Optional.empty();
            }
            losses.put(entry.getKey(), loss.orElse(null));
        }
        return baseline.filter(known -> !losses.isEmpty()).map(known -> new ValleyFloor(known, losses));
    }
}
