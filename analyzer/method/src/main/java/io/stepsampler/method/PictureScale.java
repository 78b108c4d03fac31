package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the plane that a picture shows: all rates, and the losses around baseline and minimum. Losses above are off
 * the scale, however large.
 *
 * @param left lowest log10 of a rate
 * @param right highest log10 of a rate
 */
record PictureScale(double left, double right, double bottom, double top) {

    private static final double MARGIN_DECADES = 0.3;
    private static final double SHARE_BELOW = 0.12;
    private static final double SHARE_ABOVE = 0.4;
    private static final double FLAT_SHARE = 0.05;
    private static final int MOST_TICKS = 6;

    static PictureScale of(Finding finding) {
        double[] exponents = Stream.concat(
                        DrawnPoints.of(finding).stream().map(Point::learningRate),
                        finding.selections().stream().map(Selection::learningRate))
                .filter(rate -> rate > 0)
                .mapToDouble(StrictMath::log10)
                .toArray();
        double left = DoubleStream.of(exponents).min().orElse(-7) - MARGIN_DECADES;
        double right = DoubleStream.of(exponents).max().orElse(1) + MARGIN_DECADES;
        double lowest = losses(finding).min().orElse(0);
        double baseline = Objects.requireNonNullElseGet(
                finding.baselineLoss(),
                () -> losses(finding).sorted().limit(3).max().orElse(1));
        double fall = baseline - lowest;
        if (!(fall > 1e-9 * Math.abs(baseline)) || Double.isInfinite(fall)) {
            fall = baseline == 0 || Double.isInfinite(fall) ? 1 : FLAT_SHARE * Math.abs(baseline);
        }
        return new PictureScale(
                left, right, lowest - SHARE_BELOW * fall, Math.max(lowest, baseline) + SHARE_ABOVE * fall);
    }

    private static DoubleStream losses(Finding finding) {
        return DrawnPoints.of(finding).stream()
                .filter(point -> point.outcome() == Status.MEASURED)
                .map(Point::loss)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue);
    }

    boolean shows(double loss) {
        return loss <= top;
    }

    /** 0 at the left, 1 at the right. */
    double across(double learningRate) {
        return (StrictMath.log10(learningRate) - left) / (right - left);
    }

    /** 0 at the bottom, 1 at the top. */
    double up(double loss) {
        return (loss - bottom) / (top - bottom);
    }

    List<Integer> decades() {
        int step = (int) Math.ceil((right - left) / 16);
        return IntStream.rangeClosed((int) Math.ceil(left), (int) Math.floor(right))
                .filter(decade -> decade % step == 0)
                .boxed()
                .toList();
    }

    /** Round losses. */
    List<Double> lossTicks() {
        return ticks(bottom, top, MOST_TICKS);
    }

    /** Round numbers from {@code bottom} to {@code top}, one more than {@code most} at most. */
    static List<Double> ticks(double bottom, double top, int most) {
        double rough = (top - bottom) / most;
        double magnitude = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        double step = DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * magnitude)
                .filter(candidate -> candidate >= rough)
                .findFirst()
                .orElse(10 * magnitude);
        double first = Math.ceil(bottom / step);
        return IntStream.range(0, most + 1)
                .mapToObj(index -> (first + index) * step)
                .filter(tick -> tick <= top)
                .toList();
    }
}
