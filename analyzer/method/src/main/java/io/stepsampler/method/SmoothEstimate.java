package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.method.estimate.FallFit;
import io.stepsampler.method.estimate.FallPoints;
import io.stepsampler.method.estimate.NoiseLevel;
import io.stepsampler.method.estimate.Observations;
import io.stepsampler.method.estimate.ValleyFit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The relative loss, smoothed as much as its noise asks for: further samples near others move nothing, and each point of
 * interest has an interval.
 */
final class SmoothEstimate implements CurveEstimate {

    /** The lowest of twenty equal losses lies about two standard deviations below another one; twice that is safe. */
    private static final double NOISE_DEVIATIONS = 4;

    /** By how much, in standard deviations, noise may lift a loss on the floor out of it. */
    private static final double FLOOR_DEVIATIONS = 2;

    /** Two losses whose difference is smaller, in standard deviations of one, may be equal. */
    private static final double EQUAL_DEVIATIONS = 3;

    /** How high above its lowest loss a valley begins, with the whole fall at 1. */
    private static final double VALLEY = 0.7;

    private static final int FEW_SAMPLES = 10;
    private static final int FALLS_IN_A_ROW = 4;

    private final Curve curve;
    private final @Nullable ValleyFit valley;
    private final @Nullable FallFit fall;
    private final int maximum;
    private @Nullable DrawnIntervals drawn;

    SmoothEstimate(Curve curve) {
        this.curve = curve;
        if (!curve.hasEnoughSamples() || !curve.falls()) {
            this.valley = null;
            this.fall = null;
            this.maximum = -1;
            return;
        }
        Observations all = observations(curve);
        int end = valleyEnd(curve);
        int valleyStart = valleyStart(curve, end);
        this.valley = ValleyFit.of(all.between(valleyStart, end));
        if (!isLearning(curve)) {
            this.fall = null;
            this.maximum = -1;
            return;
        }
        int lowest = curve.samples().indexOf(curve.minimum().orElseThrow());
        this.fall = FallFit.of(all.between(0, Math.max(Curve.FEWEST_SAMPLES, lowest + 1)));
        this.maximum = lowestWithinNoise(curve, valley.smoothed(), valleyStart, lowest, fall.noise());
    }

    /** The lowest of the smoothed losses, unless it is higher than the lowest measured one by more than the noise. */
    private static int lowestWithinNoise(Curve curve, double[] smoothed, int valleyStart, int lowest, double noise) {
        int best = 0;
        for (int index = 1; index < smoothed.length; index++) {
            best = smoothed[index] < smoothed[best] ? index : best;
        }
        double higher = curve.relativeLoss(curve.samples().get(valleyStart + best))
                - curve.relativeLoss(curve.samples().get(lowest));
        return higher <= EQUAL_DEVIATIONS * noise ? valleyStart + best : lowest;
    }

    /** Few samples tell nothing of their noise, but noise seldom falls so often in a row. */
    private static boolean isLearning(Curve curve) {
        Curve known = curve.beforeExplosion();
        return NOISE_DEVIATIONS * known.roughness() < 1
                || NOISE_DEVIATIONS * NoiseLevel.of(observations(known)) < 1
                || (known.samples().size() < FEW_SAMPLES && known.fallsInARow() >= FALLS_IN_A_ROW);
    }

    private static Observations observations(Curve curve) {
        List<Sample> samples = curve.samples();
        double[] trials = of(samples, Sample::trials);
        double seeds = Arrays.stream(trials).max().orElse(1);
        return new Observations(1, seeds, of(samples, Sample::x), of(samples, curve::relativeLoss), trials);
    }

    private static double[] of(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).toArray();
    }

    /** Past the first sample right of the lowest that is no better than the baseline: what comes then is no valley. */
    private static int valleyEnd(Curve curve) {
        List<Sample> samples = curve.samples();
        int end = samples.indexOf(curve.minimum().orElseThrow()) + 1;
        while (end < samples.size() && curve.relativeLoss(samples.get(end - 1)) < 1) {
            end++;
        }
        return Math.max(Curve.FEWEST_SAMPLES, end);
    }

    /** Where the loss is on its way down, with enough samples to see the noise. */
    private static int valleyStart(Curve curve, int end) {
        List<Sample> samples = curve.samples();
        int start = samples.indexOf(curve.minimum().orElseThrow());
        while (start > 0 && curve.relativeLoss(samples.get(start)) < VALLEY) {
            start--;
        }
        return Math.max(0, Math.min(start, end - Curve.FEWEST_SAMPLES));
    }

    @Override
    public boolean showsLearning() {
        return fall != null;
    }

    @Override
    public PointsOfInterest points() {
        Map<CurvePoint, LearningRate> found = new EnumMap<>(CurvePoint.class);
        if (fall != null) {
            LearningRate highest = curve.samples().get(maximum).rate();
            FallPoints places = fall.points();
            found.put(CurvePoint.MAXIMUM, highest);
            if (maximum > 0) {
                found.put(CurvePoint.HALF_LOSS, LearningRate.ofExponent(places.halfLoss()));
                found.put(CurvePoint.KNEE, LearningRate.ofExponent(places.knee()));
                found.put(CurvePoint.STEEPEST, LearningRate.ofExponent(places.steepest()));
                found.put(CurvePoint.LOG_MIDPOINT, found.get(CurvePoint.KNEE).midpointTo(highest));
            }
        }
        return new PointsOfInterest(found);
    }

    @Override
    public Optional<LearningRate> lowest() {
        return Optional.ofNullable(valley)
                .filter(known -> fall != null)
                .map(ValleyFit::lowest)
                .map(LearningRate::ofExponent);
    }

    @Override
    public double noise() {
        return fall == null ? 0 : fall.noise();
    }

    /** Where the loss has risen again by a tenth of its fall and what noise may add; a measured rate at the furthest. */
    @Override
    public Optional<LearningRate> floorEnd() {
        if (fall == null) {
            return Optional.empty();
        }
        List<Sample> samples = curve.samples();
        double top = ValleyFloor.HEIGHT + FLOOR_DEVIATIONS * fall.noise();
        int last = maximum;
        while (hasNeighbour(last) && curve.relativeLoss(samples.get(last + 1)) <= top) {
            last++;
        }
        double end = samples.get(last).x();
        if (hasNeighbour(last)) {
            double loss = curve.relativeLoss(samples.get(last));
            double share = (top - loss) / (curve.relativeLoss(samples.get(last + 1)) - loss);
            end += Math.max(0, share) * (samples.get(last + 1).x() - end);
        }
        return Optional.of(LearningRate.ofExponent(end));
    }

    /** Whether there is a next sample and no trial in between that diverged. */
    private boolean hasNeighbour(int index) {
        List<Sample> samples = curve.samples();
        return index + 1 < samples.size()
                && samples.get(index + 1)
                        .rate()
                        .equals(curve.probedRates().higher(samples.get(index).rate()));
    }

    @Override
    public Map<CurvePoint, Interval> intervals() {
        return drawn().intervals();
    }

    @Override
    public Map<CurvePoint, Interval> intervalsNearby() {
        return drawn().nearby();
    }

    private DrawnIntervals drawn() {
        if (drawn == null) {
            drawn = fall == null || valley == null ? DrawnIntervals.NONE : DrawnIntervals.of(points(), fall, valley);
        }
        return drawn;
    }
}
