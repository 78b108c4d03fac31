package io.stepsampler.method;

import java.util.List;
import java.util.Optional;

/** The paper's reading: a parabola through the raw loss of a sample and of its two neighbours. */
record FiniteDifferences(Curve curve) {

    /** The slope at the sample with this index; absent where there is no sample on both of its sides. */
    Optional<Slope> at(int index) {
        List<Sample> samples = curve.samples();
        if (index < 1 || index + 1 >= samples.size()) {
            return Optional.empty();
        }
        Sample left = samples.get(index - 1);
        Sample middle = samples.get(index);
        Sample right = samples.get(index + 1);
        double leftGap = middle.x() - left.x();
        double rightGap = right.x() - middle.x();
        double leftSlope = (curve.cutLoss(middle) - curve.cutLoss(left)) / leftGap;
        double rightSlope = (curve.cutLoss(right) - curve.cutLoss(middle)) / rightGap;
        double first = (leftSlope * rightGap + rightSlope * leftGap) / (leftGap + rightGap);
        double second = 2 * (rightSlope - leftSlope) / (leftGap + rightGap);
        return Optional.of(new Slope(first, second)).filter(Slope::isFinite);
    }
}
