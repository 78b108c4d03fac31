package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.method.estimate.FallFit;
import io.stepsampler.method.estimate.FallPoints;
import io.stepsampler.method.estimate.ValleyFit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Where each point of interest lies on curves as likely as the losses leave them.
 *
 * @param intervals of all those curves
 * @param nearby of those on which the point is not another one altogether
 */
record DrawnIntervals(Map<CurvePoint, Interval> intervals, Map<CurvePoint, Interval> nearby) {

    static final DrawnIntervals NONE = new DrawnIntervals(Map.of(), Map.of());

    private static final int DRAWS = 39;

    /** Of fewer, no interval can be told. */
    private static final int FEWEST_DRAWS = 5;

    /** What is drawn further away from a point is another one. */
    private static final double NEARBY_DECADES = 0.25;

    DrawnIntervals {
        intervals = Map.copyOf(intervals);
        nearby = Map.copyOf(nearby);
    }

    static DrawnIntervals of(PointsOfInterest points, FallFit fall, ValleyFit valley) {
        List<FallPoints> draws = fall.draws(DRAWS);
        Map<CurvePoint, double[]> drawn = new EnumMap<>(CurvePoint.class);
        drawn.put(CurvePoint.MAXIMUM, valley.draws(DRAWS));
        drawn.put(CurvePoint.HALF_LOSS, places(draws, FallPoints::halfLoss));
        drawn.put(CurvePoint.KNEE, places(draws, FallPoints::knee));
        drawn.put(CurvePoint.STEEPEST, places(draws, FallPoints::steepest));
        Map<CurvePoint, Interval> intervals = new EnumMap<>(CurvePoint.class);
        Map<CurvePoint, Interval> nearby = new EnumMap<>(CurvePoint.class);
        drawn.forEach((point, places) -> {
            Arrays.sort(places);
            double place = points.find(point).map(LearningRate::exponent).orElse(places[0]);
            intervals.put(point, interval(places, place));
            nearby.put(point, interval(near(places, place), place));
        });
        return new DrawnIntervals(intervals, nearby);
    }

    private static double[] places(List<FallPoints> draws, ToDoubleFunction<FallPoints> place) {
        return draws.stream().mapToDouble(place).toArray();
    }

    private static double[] near(double[] places, double place) {
        double[] near = Arrays.stream(places)
                .filter(drawn -> Math.abs(drawn - place) <= NEARBY_DECADES)
                .toArray();
        return near.length < FEWEST_DRAWS ? places : near;
    }

    /** Between those draws beyond which lie as many of n + 1 as the level leaves out; wide enough to hold the point. */
    private static Interval interval(double[] sorted, double place) {
        double outside = (1 - CurveEstimate.LEVEL) / 2;
        int beyond = Math.max(0, (int) Math.round(outside * (sorted.length + 1)) - 1);
        double lower = sorted[beyond];
        double upper = sorted[sorted.length - 1 - beyond];
        return new Interval(
                LearningRate.ofExponent(Math.min(lower, place)).value(),
                LearningRate.ofExponent(Math.max(upper, place)).value(),
                CurveEstimate.LEVEL);
    }
}
