package io.stepsampler.method;

import java.util.Map;
import java.util.Optional;

/** Where the points of interest lie. Those that a curve does not show are absent. */
record PointsOfInterest(Map<CurvePoint, LearningRate> rates) {

    PointsOfInterest {
        rates = Map.copyOf(rates);
    }

    Optional<LearningRate> find(CurvePoint point) {
        return Optional.ofNullable(rates.get(point));
    }
}
