package io.stepsampler.method.estimate;

import java.util.List;

/** Picks fits as often as they are likely. */
final class Likelihood {

    private Likelihood() {}

    /**
     * Up to each fit, the sum of their likelihoods relative to the first one's.
     *
     * @param fits the most likely first
     */
    static double[] cumulative(List<KernelRegression.Fit> fits) {
        double[] cumulative = new double[fits.size()];
        double sum = 0;
        for (int index = 0; index < cumulative.length; index++) {
            sum += StrictMath.exp(fits.get(0).badness() - fits.get(index).badness());
            cumulative[index] = sum;
        }
        return cumulative;
    }

    /** @param share of the whole, from 0 to 1 */
    static int pick(double[] cumulative, double share) {
        double sought = share * cumulative[cumulative.length - 1];
        int index = 0;
        while (index < cumulative.length - 1 && cumulative[index] < sought) {
            index++;
        }
        return index;
    }
}
