package io.stepsampler.method.estimate;

import java.util.Arrays;

/** How much of a whole curve is noise, where nothing is known of its shape yet. */
public final class NoiseLevel {

    /** A shorter one would hold the noise of a coarse grid for the curve itself. */
    private static final double[] LENGTHS_DECADES = {1, 2};

    private NoiseLevel() {}

    /** The standard deviation of one trial's relative loss. */
    public static double of(Observations observations) {
        double[][] trend = new double[1][observations.size() + 1];
        Arrays.fill(trend[0], 1);
        return new KernelRegression(observations, LENGTHS_DECADES)
                .fits(trend).stream()
                        .min(KernelRegression.Fit.BY_BADNESS)
                        .orElseThrow()
                        .noise();
    }
}
