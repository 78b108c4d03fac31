package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the points of interest lie. Those that a curve does not show are absent: all of them if nothing was learned.
 *
 * <p>The knee is looked for left of half-loss, as in the paper's footnote, and no further left than one coarse step from
 * where the loss last was at the baseline or above: what a noisy plateau does before that is no knee.
 */
record PointsOfInterest(Map<CurvePoint, LearningRate> rates) {

    PointsOfInterest {
        rates = Map.copyOf(rates);
    }

    static PointsOfInterest of(Curve curve, SearchPlan.Reading reading, double stepDecades) {
        Map<CurvePoint, LearningRate> found = new EnumMap<>(CurvePoint.class);
        if (!curve.hasEnoughSamples() || !curve.showsLearning()) {
            return new PointsOfInterest(found);
        }
        Slopes slopes = Slopes.of(curve, reading, stepDecades);
        LearningRate maximum = curve.minimum().orElseThrow().rate();
        found.put(CurvePoint.MAXIMUM, maximum);
        halfLoss(curve, maximum).ifPresent(halfLoss -> {
            found.put(CurvePoint.HALF_LOSS, halfLoss);
            knee(curve, slopes, halfLoss, stepDecades).ifPresent(knee -> {
                found.put(CurvePoint.KNEE, knee);
                found.put(CurvePoint.LOG_MIDPOINT, knee.midpointTo(maximum));
                steepest(curve, slopes, knee, maximum).ifPresent(rate -> found.put(CurvePoint.STEEPEST, rate));
            });
        });
        return new PointsOfInterest(found);
    }

    Optional<LearningRate> find(CurvePoint point) {
        return Optional.ofNullable(rates.get(point));
    }

    private static Optional<LearningRate> halfLoss(Curve curve, LearningRate maximum) {
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

    private static Optional<LearningRate> knee(Curve curve, Slopes slopes, LearningRate halfLoss, double stepDecades) {
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

    private static Optional<LearningRate> steepest(
            Curve curve, Slopes slopes, LearningRate knee, LearningRate maximum) {
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
