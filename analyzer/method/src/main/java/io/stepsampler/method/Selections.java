package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.OtherPoint;
import io.stepsampler.messages.Finding.OtherReading;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Window;
import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a finding says of the points of interest: the window, the points with their brackets, a rate for each method. */
record Selections(Refinement refinement) {

    /** Of differences in decades: more digits would be noise. */
    private static final double DIGITS = 1e4;

    /** The step in which the steepest place is looked for, and a little. */
    private static final double AT_THE_END_DECADES = 0.035;

    @Nullable
    Window window() {
        Optional<LearningRate> knee = refinement.points().find(CurvePoint.KNEE);
        Optional<LearningRate> maximum = refinement.points().find(CurvePoint.MAXIMUM);
        return knee.isPresent() && maximum.isPresent()
                ? new Window(knee.get().value(), maximum.get().value())
                : null;
    }

    List<PointOfInterest> pointsOfInterest() {
        Map<CurvePoint, Interval> intervals = new EnumMap<>(CurvePoint.class);
        intervals.putAll(refinement.estimate().intervals());
        if (isSteepestWhereTheFallEnds() && intervals.containsKey(CurvePoint.MAXIMUM)) {
            intervals.computeIfPresent(
                    CurvePoint.STEEPEST,
                    (point, own) -> around(own, Objects.requireNonNull(intervals.get(CurvePoint.MAXIMUM))));
        }
        return Stream.of(CurvePoint.KNEE, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST, CurvePoint.MAXIMUM)
                .flatMap(point -> refinement.points().find(point).stream()
                        .map(rate -> pointOfInterest(point, rate, intervals.get(point))))
                .toList();
    }

    /** The fit of the fall ends at the lowest loss: a steepest place found there is known no better than that is. */
    private boolean isSteepestWhereTheFallEnds() {
        return refinement
                .points()
                .find(CurvePoint.STEEPEST)
                .filter(steepest -> refinement.curve().minimum().stream()
                        .anyMatch(lowest -> steepest.decadesTo(lowest.rate()) < AT_THE_END_DECADES))
                .isPresent();
    }

    private static Interval around(Interval one, Interval other) {
        return new Interval(
                Math.min(one.lower(), other.lower()), Math.max(one.upper(), other.upper()), CurveEstimate.LEVEL);
    }

    /** Where the points lie in the other reading; absent where nothing was learned. */
    @Nullable
    OtherReading otherReading() {
        PointsOfInterest own = refinement.points();
        if (own.find(CurvePoint.MAXIMUM).isEmpty()) {
            return null;
        }
        SearchPlan plan = refinement.plan();
        SearchPlan.Reading other =
                plan.reading() == SearchPlan.Reading.PAPER ? SearchPlan.Reading.RELATIVE : SearchPlan.Reading.PAPER;
        PointsOfInterest points = other == SearchPlan.Reading.PAPER
                ? new PaperEstimate(refinement.curve(), plan.stepDecades(), true).points()
                : new SmoothEstimate(refinement.curve()).points();
        return new OtherReading(
                other,
                Stream.of(
                                CurvePoint.KNEE,
                                CurvePoint.HALF_LOSS,
                                CurvePoint.STEEPEST,
                                CurvePoint.MAXIMUM,
                                CurvePoint.LOG_MIDPOINT)
                        .flatMap(point -> own.find(point).stream()
                                .flatMap(rate -> points.find(point).stream()
                                        .map(otherRate -> otherPoint(point, rate, otherRate))))
                        .toList());
    }

    private static OtherPoint otherPoint(CurvePoint point, LearningRate rate, LearningRate other) {
        double decades = Math.round((other.exponent() - rate.exponent()) * DIGITS) / DIGITS;
        return new OtherPoint(point.label(), other.value(), decades);
    }

    /** The paper's three methods and, for comparison, those of other finders; none where nothing was learned. */
    List<Selection> all() {
        List<Selection> all = new ArrayList<>();
        PointsOfInterest points = refinement.points();
        for (CurvePoint method : List.of(CurvePoint.LOG_MIDPOINT, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            points.find(method).ifPresent(rate -> all.add(selection(method.label(), rate)));
        }
        points.find(CurvePoint.MAXIMUM).ifPresent(minimum -> {
            all.add(selection("minimum", minimum));
            LearningRate tenth = LearningRate.of(minimum.value() / 10);
            if (tenth.compareTo(refinement.curve().probedRates().first()) >= 0) {
                all.add(selection("minimum-tenth", tenth));
            }
            Map<String, Double> classic = EqualSteps.of(refinement.curve())
                    .map(ClassicRules::selected)
                    .orElse(Map.of());
            for (String rule : List.of("valley", "slide")) {
                Double rate = classic.get(rule);
                if (rate != null) {
                    all.add(selection(rule, LearningRate.of(rate)));
                }
            }
        });
        return List.copyOf(all);
    }

    private PointOfInterest pointOfInterest(CurvePoint point, LearningRate rate, @Nullable Interval interval) {
        Bracket bracket = refinement.curve().bracket(rate);
        return new PointOfInterest(
                point.label(), rate.value(), valueOf(bracket.lower()), valueOf(bracket.upper()), interval);
    }

    private static Selection selection(String method, LearningRate rate) {
        return new Selection(method, Source.TRIALS, rate.value());
    }

    private static @Nullable Double valueOf(@Nullable LearningRate rate) {
        return rate == null ? null : (Double) rate.value();
    }
}
