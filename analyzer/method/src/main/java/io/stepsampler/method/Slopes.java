package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.Optional;

/** How derivatives are read from a curve. */
sealed interface Slopes permits LocalQuadratic, FiniteDifferences {

    /** The slope at the sample with this index; absent where there is no sample on both of its sides. */
    Optional<Slope> at(int index);

    static Slopes of(Curve curve, SearchPlan.Reading reading, double stepDecades) {
        return switch (reading) {
            case RELATIVE -> new LocalQuadratic(curve, stepDecades);
            case PAPER -> new FiniteDifferences(curve);
        };
    }
}
