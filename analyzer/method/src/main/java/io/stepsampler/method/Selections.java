package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a finding says of the points of interest: the window, the points with their brackets, a rate for each method. */
record Selections(Refinement refinement) {

    @Nullable
    Window window() {
        Optional<LearningRate> knee = refinement.points().find(CurvePoint.KNEE);
        Optional<LearningRate> maximum = refinement.points().find(CurvePoint.MAXIMUM);
        return knee.isPresent() && maximum.isPresent()
                ? new Window(knee.get().value(), maximum.get().value())
                : null;
    }

    List<PointOfInterest> pointsOfInterest() {
        Map<CurvePoint, Interval> intervals = refinement.estimate().intervals();
        return Stream.of(CurvePoint.KNEE, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST, CurvePoint.MAXIMUM)
                .flatMap(point -> refinement.points().find(point).stream()
                        .map(rate -> pointOfInterest(point, rate, intervals.get(point))))
                .toList();
    }

    List<Selection> all() {
        Optional<LearningRate> minimum = refinement.points().find(CurvePoint.MAXIMUM);
        return Stream.of(
                        selection("log-midpoint", refinement.points().find(CurvePoint.LOG_MIDPOINT)),
                        selection("half-loss", refinement.points().find(CurvePoint.HALF_LOSS)),
                        selection("steepest", refinement.points().find(CurvePoint.STEEPEST)),
                        selection("minimum", minimum),
                        selection("minimum-tenth", minimum.map(rate -> LearningRate.of(rate.value() / 10))))
                .flatMap(Optional::stream)
                .toList();
    }

    private PointOfInterest pointOfInterest(CurvePoint point, LearningRate rate, @Nullable Interval interval) {
        Bracket bracket = refinement.curve().bracket(rate);
        return new PointOfInterest(
                point.label(), rate.value(), valueOf(bracket.lower()), valueOf(bracket.upper()), interval);
    }

    private static Optional<Selection> selection(String method, Optional<LearningRate> rate) {
        return rate.map(selected -> new Selection(method, Source.TRIALS, selected.value()));
    }

    private static @Nullable Double valueOf(@Nullable LearningRate rate) {
        return rate == null ? null : (Double) rate.value();
    }
}
