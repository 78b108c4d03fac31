package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The paper's reading: finite differences of the raw loss, at the samples.
 *
 * <p>The knee is looked for left of half-loss, as in the paper's footnote, and no further left than one coarse step from
 * where the loss last was at the baseline or above: what a noisy plateau does before that is no knee.
 */
record PaperEstimate(Curve curve, double stepDecades, boolean showsLearning) implements CurveEstimate {

    @Override
    public PointsOfInterest points() {
        Map<CurvePoint, LearningRate> found = new EnumMap<>(CurvePoint.class);
        if (!showsLearning) {
            return new PointsOfInterest(found);
        }
        FiniteDifferences slopes = new FiniteDifferences(curve);
        LearningRate maximum = curve.minimum().orElseThrow().rate();
        found.put(CurvePoint.MAXIMUM, maximum);
        halfLoss(maximum).ifPresent(halfLoss -> {
            found.put(CurvePoint.HALF_LOSS, halfLoss);
            knee(slopes, halfLoss).ifPresent(knee -> {
                found.put(CurvePoint.KNEE, knee);
                found.put(CurvePoint.LOG_MIDPOINT, knee.midpointTo(maximum));
                steepest(slopes, knee, maximum).ifPresent(rate -> found.put(CurvePoint.STEEPEST, rate));
            });
        });
        return new PointsOfInterest(found);
    }

    @Override
    public Optional<LearningRate> lowest() {
        return Optional.empty();
    }

    @Override
    public Optional<LearningRate> floorEnd() {
        return Optional.empty();
    }

    @Override
    public double noise() {
        return 0;
    }

    /** Finite differences do not say. */
    @Override
    public Map<CurvePoint, Interval> intervals() {
        return Map.of();
    }

    @Override
    public Map<CurvePoint, Interval> intervalsNearby() {
        return Map.of();
    }

    private Optional<LearningRate> halfLoss(LearningRate maximum) {
        List<Sample> samples = curve.samples();
        double half = (curve.baselineLoss() + curve.minimum().orElseThrow().loss()) / 2;
        for (int index = samples.size() - 1; index > 0; index--) {
            Sample left = samples.get(index - 1);
            Sample right = samples.get(index);
            if (right.rate().compareTo(maximum) <= 0 && right.loss() <= half && left.loss() > half) {
                double share = (left.loss() - half) / (left.loss() - right.loss());
                return Optional.of(LearningRate.ofExponent(left.x() + share * (right.x() - left.x())));
            }
        }
        return Optional.empty();
    }

    private Optional<LearningRate> knee(FiniteDifferences slopes, LearningRate halfLoss) {
        List<Sample> samples = curve.samples();
        double plateauEnd = samples.stream()
                .filter(sample -> sample.rate().compareTo(halfLoss) < 0 && curve.relativeLoss(sample) >= 1)
                .mapToDouble(Sample::x)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        return IntStream.range(0, samples.size())
                .filter(index -> samples.get(index).rate().compareTo(halfLoss) < 0)
                .filter(index -> samples.get(index).x() >= plateauEnd - stepDecades)
                .boxed()
                .filter(index ->
                        slopes.at(index).filter(slope -> slope.curvature() < 0).isPresent())
                .min(Comparator.comparingDouble(
                        index -> slopes.at(index).orElseThrow().curvature()))
                .map(index -> samples.get(index).rate());
    }

    private Optional<LearningRate> steepest(FiniteDifferences slopes, LearningRate knee, LearningRate maximum) {
        List<Sample> samples = curve.samples();
        return IntStream.range(0, samples.size())
                .filter(index -> samples.get(index).rate().compareTo(knee) >= 0
                        && samples.get(index).rate().compareTo(maximum) <= 0)
                .boxed()
                .filter(index -> slopes.at(index).isPresent())
                .min(Comparator.comparingDouble(
                        index -> slopes.at(index).orElseThrow().first()))
                .map(index -> samples.get(index).rate());
    }
}
