package io.stepsampler.local.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** A learning rate as a person writes it, without losing a digit: {@code 0.001}, {@code 3.16227766e-5}. */
public final class LearningRateText {

    private LearningRateText() {}

    /** Three digits, where the rate is to be read and not to be used. */
    public static String rounded(double learningRate) {
        return of(new BigDecimal(learningRate).round(new MathContext(3)).doubleValue());
    }

    public static String of(double learningRate) {
        BigDecimal exact = new BigDecimal(Double.toString(learningRate)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (learningRate == 0 || (exponent >= -3 && exponent <= 3)) {
            return exact.toPlainString();
        }
        return exact.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
