package io.stepsampler.method;

import java.util.Comparator;

/** A measured point of the curve. */
record Sample(LearningRate rate, double loss) {

    static final Comparator<Sample> BY_RATE = Comparator.comparing(Sample::rate);

    /** Ties go to the smaller rate. */
    static final Comparator<Sample> BY_LOSS =
            Comparator.comparingDouble(Sample::loss).thenComparing(Sample::rate);

    Sample {
        if (rate.isBaseline() || !Double.isFinite(loss)) {
            throw new IllegalArgumentException(
                    "rate " + rate.value() + " with loss " + loss + " is no point of a curve");
        }
    }

    double x() {
        return rate.exponent();
    }
}
