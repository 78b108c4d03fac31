package io.stepsampler.method;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A learning rate, rounded once to nine significant decimal digits: that decimal is the key of a probe, what its message
 * carries and what is trained. Rate 0 is the baseline.
 */
public record LearningRate(double value) implements Comparable<LearningRate> {

    static final LearningRate BASELINE = new LearningRate(0.0);

    private static final MathContext NINE_DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);

    public LearningRate {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException("learning rate is " + value + "; it must be finite and not negative");
        }
        value = value == 0 ? 0.0 : new BigDecimal(value).round(NINE_DIGITS).doubleValue();
    }

    public static LearningRate of(double value) {
        return new LearningRate(value);
    }

    public static LearningRate ofExponent(double exponent) {
        return new LearningRate(StrictMath.pow(10, exponent));
    }

    /** The decimal logarithm: the position on the curve's axis. */
    public double exponent() {
        if (isBaseline()) {
            throw new IllegalStateException("the baseline's rate 0 has no place on a logarithmic axis");
        }
        return StrictMath.log10(value);
    }

    public boolean isBaseline() {
        return value == 0;
    }

    LearningRate midpointTo(LearningRate other) {
        return ofExponent((exponent() + other.exponent()) / 2);
    }

    double decadesTo(LearningRate other) {
        return Math.abs(exponent() - other.exponent());
    }

    @Override
    public int compareTo(LearningRate other) {
        return Double.compare(value, other.value);
    }
}
