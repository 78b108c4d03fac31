package io.stepsampler.method.estimate;

import java.util.Arrays;

/** What was measured: losses relative to their range over log10 of the learning rate, each the mean of some trials. */
public final class Observations {

    private final double baseline;
    private final double baselineWeight;
    private final double[] x;
    private final double[] y;
    private final double[] weights;

    /**
     * @param baseline y far to the left of every x, where nothing is learned yet
     * @param x ascending, at least two
     * @param weights how many trials each y is the mean of
     */
    public Observations(double baseline, double baselineWeight, double[] x, double[] y, double[] weights) {
        if (x.length < 2 || x.length != y.length || x.length != weights.length) {
            throw new IllegalArgumentException(
                    x.length + " places with " + y.length + " losses and " + weights.length + " weights");
        }
        this.baseline = baseline;
        this.baselineWeight = baselineWeight;
        this.x = x.clone();
        this.y = y.clone();
        this.weights = weights.clone();
    }

    int size() {
        return x.length;
    }

    double baseline() {
        return baseline;
    }

    double baselineWeight() {
        return baselineWeight;
    }

    double x(int index) {
        return x[index];
    }

    double y(int index) {
        return y[index];
    }

    /** At the baseline, then at each place. */
    double[] losses() {
        double[] losses = new double[y.length + 1];
        losses[0] = baseline;
        System.arraycopy(y, 0, losses, 1, y.length);
        return losses;
    }

    /** Of each of the {@link #losses}. */
    double[] lossWeights() {
        double[] all = new double[weights.length + 1];
        all[0] = baselineWeight;
        System.arraycopy(weights, 0, all, 1, weights.length);
        return all;
    }

    double weight(int index) {
        return weights[index];
    }

    double last() {
        return x[x.length - 1];
    }

    /** Those from one index to before another. */
    public Observations between(int from, int to) {
        return new Observations(
                baseline,
                baselineWeight,
                Arrays.copyOfRange(x, from, to),
                Arrays.copyOfRange(y, from, to),
                Arrays.copyOfRange(weights, from, to));
    }
}
