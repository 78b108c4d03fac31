package io.stepsampler.method.estimate;

import java.util.Arrays;

/** A length and a ratio of signal to noise, and what does not depend on the trend then. */
final class Smoothness {

    private final int length;
    private final double ratio;
    private final double[] precisions;
    private double logDeterminant;

    /**
     * @param length which of the regression's, whose spectrum this is
     * @param directions of all observations
     */
    Smoothness(int length, double ratio, Spectrum spectrum, int directions) {
        this.length = length;
        this.ratio = ratio;
        this.precisions = new double[directions];
        Arrays.fill(precisions, 1);
        for (int index = 0; index < spectrum.size(); index++) {
            precisions[index] = 1 / (1 + ratio * spectrum.value(index));
            logDeterminant -= StrictMath.log(precisions[index]);
        }
    }

    int length() {
        return length;
    }

    double ratio() {
        return ratio;
    }

    /** Of each direction, relative to that of the noise. */
    double[] precisions() {
        return precisions;
    }

    /** Of the covariance, relative to that of the noise. */
    double logDeterminant() {
        return logDeterminant;
    }
}
