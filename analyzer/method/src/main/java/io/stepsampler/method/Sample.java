package io.stepsampler.method;

import java.util.Comparator;

/**
 * A measured point of the curve.
 *
 * @param trials whose mean the loss is
 */
record Sample(LearningRate rate, double loss, int trials) {

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

    /** Of one trial. */
    Sample(LearningRate rate, double loss) {
        this(rate, loss, 1);
    }

    double x() {
        return rate.exponent();
    }
}
