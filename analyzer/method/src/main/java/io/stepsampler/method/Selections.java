package io.stepsampler.method;

import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a finding says of the points of interest: the window, the points with their brackets, a rate for each method. */
record Selections(Curve curve, PointsOfInterest points) {

    @Nullable
    Window window() {
        Optional<LearningRate> knee = points.find(CurvePoint.KNEE);
        Optional<LearningRate> maximum = points.find(CurvePoint.MAXIMUM);
        return knee.isPresent() && maximum.isPresent()
                ? new Window(knee.get().value(), maximum.get().value())
                : null;
    }

    List<PointOfInterest> pointsOfInterest() {
        return Stream.of(CurvePoint.KNEE, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST, CurvePoint.MAXIMUM)
                .flatMap(point -> points.find(point).map(rate -> pointOfInterest(point, rate)).stream())
                .toList();
    }

    List<Selection> all() {
        Optional<LearningRate> minimum = points.find(CurvePoint.MAXIMUM);
        return Stream.of(
                        selection("log-midpoint", points.find(CurvePoint.LOG_MIDPOINT)),
                        selection("half-loss", points.find(CurvePoint.HALF_LOSS)),
                        selection("steepest", points.find(CurvePoint.STEEPEST)),
                        selection("minimum", minimum),
                        selection("minimum-tenth", minimum.map(rate -> LearningRate.of(rate.value() / 10))))
                .flatMap(Optional::stream)
                .toList();
    }

    private PointOfInterest pointOfInterest(CurvePoint point, LearningRate rate) {
        Bracket bracket = curve.bracket(rate);
        return new PointOfInterest(
                point.label(), rate.value(), valueOf(bracket.lower()), valueOf(bracket.upper()), null);
    }

    private static Optional<Selection> selection(String method, Optional<LearningRate> rate) {
        return rate.map(selected -> new Selection(method, Source.TRIALS, selected.value()));
    }

    private static @Nullable Double valueOf(@Nullable LearningRate rate) {
        return rate == null ? null : (Double) rate.value();
    }
}
