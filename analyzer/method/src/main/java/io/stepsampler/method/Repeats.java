package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Further seeds where noise leaves a point of interest open: one more a round, as long as it helps.
 *
 * <p>A seed brings its own baseline and the rates around a point, so that what it adds to all losses can be told from
 * what it says of one.
 */
record Repeats(Settings settings, History history, Refinement refinement) {

    /** Where the plan asks for one seed and noise is large. */
    private static final int SEEDS_FOR_NOISE = 3;

    /** A bend shows in what lies this far beside it; a slope in less. */
    private static final double KNEE_DECADES = 0.8;

    private static final double SLOPE_DECADES = 0.4;

    /** Rates of one point that are nearer to each other tell the same. */
    private static final double APART_DECADES = 0.09;

    /** The next seed's trials; nothing where every interval is within the threshold or no seed is left. */
    List<PlannedProbe> wanted() {
        int seeds = history.seeds().size();
        int allowed = settings.plan().repeats() > 1
                ? settings.plan().repeats()
                : NoiseWarning.of(refinement).isPresent() ? SEEDS_FOR_NOISE : 1;
        if (seeds >= allowed || history.hasNoVariation()) {
            return List.of();
        }
        TreeSet<LearningRate> rates = new TreeSet<>();
        Map<CurvePoint, Interval> intervals = refinement.estimate().intervals();
        for (CurvePoint point : CurvePoint.values()) {
            Optional<LearningRate> place = refinement.points().find(point);
            Interval interval = intervals.get(point);
            if (place.isPresent()
                    && interval != null
                    && Reach.of(interval, place.get()).farthest()
                            > settings.plan().thresholdDecades()) {
                rates.addAll(around(place.get(), point == CurvePoint.KNEE ? KNEE_DECADES : SLOPE_DECADES));
            }
        }
        if (rates.isEmpty()) {
            return List.of();
        }
        long seed = settings.seed() + seeds;
        int round = history.nextRound();
        int steps = history.steps();
        return Stream.concat(
                        Stream.of(new PlannedProbe(round, Purpose.BASELINE, 0, seed, steps)),
                        rates.stream().map(rate -> new PlannedProbe(round, Purpose.REPEAT, rate.value(), seed, steps)))
                .toList();
    }

    /** Measured rates, the nearest first, that are not all in one place. */
    private List<LearningRate> around(LearningRate place, double decades) {
        List<LearningRate> around = new ArrayList<>();
        refinement.curve().samples().stream()
                .map(Sample::rate)
                .filter(rate -> rate.decadesTo(place) <= decades)
                .sorted(Comparator.comparingDouble(rate -> rate.decadesTo(place)))
                .filter(rate -> around.stream().allMatch(other -> other.decadesTo(rate) > APART_DECADES))
                .forEach(around::add);
        return around;
    }
}
