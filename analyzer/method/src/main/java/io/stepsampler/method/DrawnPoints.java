package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The points of a finding that make one line: trials of as many steps as the curve's and of its first seed. */
final class DrawnPoints {

    private DrawnPoints() {}

    static List<Point> of(Finding finding) {
        Finding.Confirmation confirmed = finding.confirmed();
        Optional<Integer> steps =
                confirmed != null ? Optional.of(confirmed.steps()) : mostFrequent(finding.points(), Point::steps);
        Optional<Long> seed = mostFrequent(finding.points(), Point::seed);
        return finding.points().stream()
                .filter(point -> point.learningRate() == 0
                        || point.outcome() == Status.DIVERGED
                        || steps.filter(known -> known == point.steps()).isPresent())
                .filter(point -> seed.filter(known -> known == point.seed()).isPresent())
                .toList();
    }

    /** The largest of equally frequent ones. */
    private static <T extends Comparable<T>> Optional<T> mostFrequent(List<Point> points, Function<Point, T> value) {
        Map<T, Long> counts = points.stream().collect(Collectors.groupingBy(value, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<T, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey);
    }
}
