package io.stepsampler.method.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * y = trend(x) + g(x) + e: a trend of few columns, a smooth deviation g, and noise e that repeats average out.
 *
 * <p>g is a Gaussian process, held in quintic B-splines whose coefficients have the Matern 7/2 covariance r s^2 k(d / l)
 * over their distance d; e has the variance s^2 / weight. The length l and the ratio r are those under which the
 * observations are most likely (restricted maximum likelihood), so that the data say how much of them is noise. The
 * baseline is an observation of the trend's constant alone.
 *
 * <p>C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006, chapters 2.7, 4.2 and 5.4.
 */
final class KernelRegression {

    /** The splines' step, as a share of the shortest length: finer ones would change little. */
    private static final double STEP = 0.4;

    private static final double SMALLEST_LOG_RATIO = -4;
    private static final double LARGEST_LOG_RATIO = 8;
    private static final double LOG_RATIO_STEP = 0.75;

    /** Losses relative to their range are never more exact: keeps an exact fit from dividing by zero. */
    private static final double SMALLEST_VARIANCE = 1e-12;

    private final SplineBasis basis;
    private final Directions directions;
    private final Spectrum[] spectra;
    private final double[] turnedLosses;
    private final List<Smoothness> smoothnesses = new ArrayList<>();

    /** @param lengths that g may have, in decades, the shortest first */
    KernelRegression(Observations observations, double... lengths) {
        this.basis = new SplineBasis(observations.x(0), observations.last(), STEP * lengths[0]);
        this.directions = new Directions(observations, basis);
        this.spectra = new Spectrum[lengths.length];
        this.turnedLosses = directions.turned(observations.losses());
        for (int index = 0; index < spectra.length; index++) {
            spectra[index] = new Spectrum(basis, lengths[index], directions.splines());
            for (double log = SMALLEST_LOG_RATIO; log <= LARGEST_LOG_RATIO; log += LOG_RATIO_STEP) {
                smoothnesses.add(new Smoothness(index, StrictMath.pow(10, log), spectra[index], turnedLosses.length));
            }
        }
    }

    SplineBasis basis() {
        return basis;
    }

    /** How smooth and how noisy the observations are under a trend, and how much of it they have. */
    static final class Fit {

        static final Comparator<Fit> BY_BADNESS = Comparator.comparingDouble(Fit::badness);

        private final Smoothness smoothness;
        private final double[][] trend;
        private final double[] losses;
        private final int freedom;
        private final LeastSquares solved;
        private final double variance;
        private final double badness;

        /** Trend and losses in directions that have nothing in common under the length. */
        private Fit(Smoothness smoothness, double[][] trend, double[] losses, int freedom) {
            this.smoothness = smoothness;
            this.trend = trend;
            this.losses = losses;
            this.freedom = freedom;
            this.solved = LeastSquares.of(trend, losses, smoothness.precisions());
            this.variance = Math.max(SMALLEST_VARIANCE, solved.squares() / freedom);
            this.badness = 0.5
                    * (smoothness.logDeterminant()
                            + freedom * StrictMath.log(variance)
                            + StrictMath.log(solved.determinant()));
        }

        /** Of one trial. */
        double noise() {
            return Math.sqrt(variance);
        }

        /** The standard deviation of g. */
        double amplitude() {
            return Math.sqrt(variance * smoothness.ratio());
        }

        /** Minus the logarithm of the likelihood, but for a constant. */
        double badness() {
            return badness;
        }
    }

    /**
     * A fit for every smoothness.
     *
     * @param trend one column for each part: its value at the baseline, then at each observation
     */
    List<Fit> fits(double[][] trend) {
        double[][] turned = new double[trend.length + 1][];
        for (int part = 0; part < trend.length; part++) {
            turned[part] = directions.turned(trend[part]);
        }
        turned[trend.length] = turnedLosses;
        double[][] condensed = directions.condensed(turned);
        double[][][] trends = new double[spectra.length][trend.length][];
        double[][] losses = new double[spectra.length][];
        for (int length = 0; length < spectra.length; length++) {
            for (int part = 0; part < trend.length; part++) {
                trends[length][part] = spectra[length].rotated(condensed[part]);
            }
            losses[length] = spectra[length].rotated(condensed[trend.length]);
        }
        int freedom = Math.max(1, turnedLosses.length - trend.length);
        List<Fit> fits = new ArrayList<>();
        for (Smoothness smoothness : smoothnesses) {
            int length = smoothness.length();
            fits.add(new Fit(smoothness, trends[length], losses[length], freedom));
        }
        return fits;
    }

    /** The most likely curve. */
    Drawn mean(Fit fit) {
        return curve(fit, fit.solved.shares(), fit.losses);
    }

    private Drawn curve(Fit fit, double[] shares, double[] rotatedLosses) {
        double[] left = new double[spectra[fit.smoothness.length()].size()];
        for (int index = 0; index < left.length; index++) {
            left[index] = rotatedLosses[index];
            for (int part = 0; part < shares.length; part++) {
                left[index] -= shares[part] * fit.trend[part][index];
            }
            left[index] *= fit.smoothness.ratio() * fit.smoothness.precisions()[index];
        }
        return new Drawn(shares, spectra[fit.smoothness.length()].coefficients(left));
    }

    /** A curve: the trend's shares and the deviation's coefficients. */
    static final class Drawn {

        private final double[] trend;
        private final double[] deviation;

        private Drawn(double[] trend, double[] deviation) {
            this.trend = trend;
            this.deviation = deviation;
        }

        double trend(int part) {
            return trend[part];
        }

        double[] deviation() {
            return deviation;
        }
    }

    /**
     * A curve as likely as the observations leave it under a fit.
     *
     * <p>By Matheron's rule: a curve is drawn that knows nothing of the observations, and moved by what a fit to their
     * difference from it says. The noise's variance is drawn as well, from what the degrees of freedom leave of it.
     */
    Drawn draw(Fit fit, Normals normals) {
        Smoothness smoothness = fit.smoothness;
        double noise = fit.noise() * inflation(fit.freedom, normals);
        double[] prior = new double[basis.size()];
        DMatrixRMaj root = spectra[smoothness.length()].root();
        double amplitude = noise * Math.sqrt(smoothness.ratio());
        for (int column = 0; column < prior.length; column++) {
            double normal = amplitude * normals.next();
            for (int row = column; row < prior.length; row++) {
                prior[row] += root.get(row, column) * normal;
            }
        }
        double[] deviations = spectra[smoothness.length()].rotated(directions.deviations(prior));
        double[] moved = fit.losses.clone();
        for (int index = 0; index < moved.length; index++) {
            moved[index] -= deviations[index] + noise * normals.next();
        }
        LeastSquares solved = LeastSquares.of(fit.trend, moved, smoothness.precisions());
        Drawn drawn = curve(fit, solved.shares(), moved);
        for (int column = 0; column < prior.length; column++) {
            drawn.deviation[column] += prior[column];
        }
        return drawn;
    }

    private static double inflation(int freedom, Normals normals) {
        double squares = 0;
        for (int degree = 0; degree < freedom; degree++) {
            double normal = normals.next();
            squares += normal * normal;
        }
        return Math.sqrt(freedom / squares);
    }
}
