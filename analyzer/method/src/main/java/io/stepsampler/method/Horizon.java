package io.stepsampler.method;

import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the answer holds when trials go on for longer.
 *
 * <p>Instability comes late: a rate at the end of the valley floor after n steps may leave it after 2n. So some rates of
 * the curve, from the recommended one to the end of the floor, are trained again for twice as many steps, and again, until
 * the recommended rate moves by no more than the threshold and the optimizer's memory is full. The lower end of the window
 * moves by a known amount: down, as the way of all steps grows.
 *
 * @param wanted what has to be known first; nothing when the answer holds or no more can be afforded
 * @param steps of the longest trials that the middle rests on
 * @param movedDecades by how much the last doubling moved it
 */
record Horizon(Middle middle, List<PlannedProbe> wanted, int steps, double movedDecades) {

    /** All steps of a search, relative to those of its first trials. */
    private static final int MOST_STEPS = 100;

    /** Rates that are nearer are not told apart. */
    private static final double SAME_DECADES = 0.1;

    Horizon {
        wanted = List.copyOf(wanted);
    }

    /** Absent where there is no window. */
    static Optional<Horizon> of(Settings settings, History history, Refinement refinement) {
        Optional<Middle> first = Middle.of(refinement.estimate(), settings.memory(), history.steps());
        return first.map(middle -> settings.lengthen()
                ? new Lengthening(settings, history, refinement).from(middle)
                : new Horizon(middle, List.of(), history.steps(), 0));
    }

    /** All steps that a search with longer trials may train. */
    static long mostSteps(Settings settings) {
        return (long) MOST_STEPS * settings.steps();
    }

    /**
     * Whether the budget lasts for further trials and the confirmation.
     *
     * @param stepsOfConfirmation how long that is going to be
     */
    static boolean isAffordable(
            Settings settings, History history, List<PlannedProbe> further, int stepsOfConfirmation) {
        int probes = history.trials().size() + further.size() + 1;
        long steps = history.trainingSteps()
                + further.stream().mapToLong(PlannedProbe::steps).sum()
                + stepsOfConfirmation;
        return probes <= settings.plan().budget().probes() && steps <= mostSteps(settings);
    }

    boolean isSettled(double thresholdDecades) {
        return Math.abs(movedDecades) <= thresholdDecades;
    }

    private record Lengthening(Settings settings, History history, Refinement refinement) {

        Horizon from(Middle first) {
            Middle middle = first;
            int steps = history.steps();
            double moved = Double.POSITIVE_INFINITY;
            while (Math.abs(moved) > settings.plan().thresholdDecades() || isTooShort(middle, steps)) {
                List<LearningRate> rates = rates(middle, 2 * steps);
                Map<LearningRate, Outcome> outcomes = history.lengthened(2 * steps);
                List<PlannedProbe> missing = missing(rates, outcomes, 2 * steps);
                if (!missing.isEmpty()) {
                    boolean known = Double.isFinite(moved);
                    return new Horizon(middle, affordable(missing), steps, known ? moved : 0);
                }
                steps *= 2;
                Middle next = middle.withFloorEnd(floorEnd(rates, outcomes, middle.floorEnd()), steps);
                moved = next.rate().exponent() - middle.rate().exponent();
                middle = next;
            }
            return new Horizon(middle, List.of(), steps, moved);
        }

        /** Instability that comes once the optimizer's memory is full does not show before. */
        private static boolean isTooShort(Middle middle, int steps) {
            return middle.memory().filter(memory -> memory.isLongerThan(steps)).isPresent();
        }

        /** Where the knee will be after so many steps, the middle, the end of the floor, and between those. */
        private List<LearningRate> rates(Middle middle, int steps) {
            double end = middle.floorEnd().exponent();
            double rate = Math.min(middle.rate().exponent(), end);
            double knee = Math.min(middle.kneeAfter(steps), rate);
            List<LearningRate> rates = new ArrayList<>();
            for (double sought : new double[] {knee, (knee + rate) / 2, rate, (rate + end) / 2, end}) {
                LearningRate near = probedNear(sought);
                if (rates.stream().allMatch(other -> other.decadesTo(near) > SAME_DECADES)) {
                    rates.add(near);
                }
            }
            return rates;
        }

        /** A rate of the curve where there is one, so that both lengths can be compared. */
        private LearningRate probedNear(double sought) {
            return refinement.curve().samples().stream()
                    .filter(sample -> Math.abs(sample.x() - sought) <= SAME_DECADES)
                    .min(Comparator.comparingDouble(sample -> Math.abs(sample.x() - sought)))
                    .map(Sample::rate)
                    .orElseGet(() -> LearningRate.ofExponent(Math.max(sought, Limits.LOWEST.exponent())));
        }

        private List<PlannedProbe> missing(List<LearningRate> rates, Map<LearningRate, Outcome> known, int steps) {
            int round = history.nextRound();
            return rates.stream()
                    .filter(rate -> !known.containsKey(rate))
                    .map(rate -> new PlannedProbe(round, Purpose.LENGTHENED, rate.value(), settings.seed(), steps))
                    .toList();
        }

        /** All or none. */
        private List<PlannedProbe> affordable(List<PlannedProbe> missing) {
            return isAffordable(settings, history, missing, history.steps()) ? missing : List.of();
        }

        private LearningRate floorEnd(
                List<LearningRate> rates, Map<LearningRate, Outcome> outcomes, LearningRate before) {
            NavigableMap<LearningRate, @Nullable Double> losses = new TreeMap<>();
            for (LearningRate rate : rates) {
                losses.put(
                        rate,
                        outcomes.get(rate) instanceof Outcome.Measured measured ? (Double) measured.loss() : null);
            }
            return new ValleyFloor(refinement.curve().baselineLoss(), losses).end(before);
        }
    }
}
