package io.stepsampler.method.estimate;

/** A length and a ratio of signal to noise, and what does not depend on the trend then. */
final class Smoothness {

    private final int length;
    private final double ratio;
    private final double[] precisions;
    private double logDeterminant;

    /** @param length which of the regression's, whose spectrum this is */
    Smoothness(int length, double ratio, Spectrum spectrum) {
        this.length = length;
        this.ratio = ratio;
        this.precisions = new double[spectrum.size()];
        for (int index = 0; index < precisions.length; index++) {
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

    /** Of each direction of the spectrum, relative to that of the noise. */
    double[] precisions() {
        return precisions;
    }

    /** Of the covariance, relative to that of the noise. */
    double logDeterminant() {
        return logDeterminant;
    }
}
