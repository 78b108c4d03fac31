package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the plane that the picture of a series shows: all of its steps, and whole decades around its rates.
 *
 * @param left lowest step
 * @param right highest step
 * @param bottom lowest log10 of a rate
 * @param top highest log10 of a rate
 */
record ScheduleScale(double left, double right, int bottom, int top) {

    private static final double MARGIN_SHARE = 0.04;
    private static final double MARGIN_DECADES = 0.1;
    private static final int MOST_TICKS = 8;

    static ScheduleScale of(List<SeriesFinding> findings) {
        double first = findings.stream().mapToLong(SeriesFinding::step).min().orElse(0);
        double last = findings.stream().mapToLong(SeriesFinding::step).max().orElse(0);
        double margin = Math.max(1, MARGIN_SHARE * (last - first));
        double lowest = exponents(findings).min().orElse(-7);
        double highest = exponents(findings).max().orElse(1);
        return new ScheduleScale(first - margin, last + margin, (int) Math.floor(lowest - MARGIN_DECADES), (int)
                Math.ceil(highest + MARGIN_DECADES));
    }

    private static DoubleStream exponents(List<SeriesFinding> findings) {
        return findings.stream()
                .map(SeriesFinding::finding)
                .flatMap(finding -> Stream.concat(
                        Stream.ofNullable(finding.window()).flatMap(ScheduleScale::ends),
                        Stream.ofNullable(finding.recommendedLearningRate())))
                .mapToDouble(StrictMath::log10);
    }

    private static Stream<Double> ends(Finding.Window window) {
        return Stream.of(window.minLearningRate(), window.maxLearningRate());
    }

    /** 0 at the left, 1 at the right. */
    double across(double step) {
        return (step - left) / (right - left);
    }

    /** 0 at the bottom, 1 at the top. */
    double up(double learningRate) {
        return (StrictMath.log10(learningRate) - bottom) / (top - bottom);
    }

    List<Integer> decades() {
        return IntStream.rangeClosed(bottom, top).boxed().toList();
    }

    /** Round steps, none below 0. */
    List<Double> stepTicks() {
        return PictureScale.ticks(left, right, MOST_TICKS).stream()
                .filter(tick -> tick >= 0 && tick == Math.rint(tick))
                .toList();
    }
}
