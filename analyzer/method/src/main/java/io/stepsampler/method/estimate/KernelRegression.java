package io.stepsampler.method.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
    private static final double LOG_RATIO_STEP = 0.5;

    /** Losses relative to their range are never more exact: keeps an exact fit from dividing by zero. */
    private static final double SMALLEST_VARIANCE = 1e-12;

    private final SplineBasis basis;
    private final SplineBasis.Row[] rows;
    private final double[] roots;
    private final double[] y;
    private final Spectrum[] spectra;
    private final List<Smoothness> smoothnesses = new ArrayList<>();

    /** @param lengths that g may have, in decades, the shortest first */
    KernelRegression(Observations observations, double... lengths) {
        this.basis = new SplineBasis(observations.x(0), observations.last(), STEP * lengths[0]);
        int size = observations.size() + 1;
        this.rows = new SplineBasis.Row[size];
        this.roots = new double[size];
        this.y = new double[size];
        rows[0] = SplineBasis.Row.NOTHING;
        roots[0] = Math.sqrt(observations.baselineWeight());
        y[0] = observations.baseline();
        for (int index = 1; index < size; index++) {
            rows[index] = basis.row(observations.x(index - 1), 0);
            roots[index] = Math.sqrt(observations.weight(index - 1));
            y[index] = observations.y(index - 1);
        }
        this.spectra = new Spectrum[lengths.length];
        for (int index = 0; index < spectra.length; index++) {
            spectra[index] = new Spectrum(basis, lengths[index], rows, roots);
            for (double log = SMALLEST_LOG_RATIO; log <= LARGEST_LOG_RATIO; log += LOG_RATIO_STEP) {
                smoothnesses.add(new Smoothness(index, StrictMath.pow(10, log), spectra[index]));
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
        private final double variance;
        private final double[] trend;
        private final double badness;

        private Fit(Smoothness smoothness, double variance, double[] trend, double badness) {
            this.smoothness = smoothness;
            this.variance = variance;
            this.trend = trend;
            this.badness = badness;
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
        List<Fit> fits = new ArrayList<>();
        double[][] rotated = {};
        double[] losses = {};
        int length = -1;
        for (Smoothness smoothness : smoothnesses) {
            if (smoothness.length() != length) {
                length = smoothness.length();
                rotated = spectra[length].rotated(trend);
                losses = spectra[length].rotated(y);
            }
            fits.add(fit(smoothness, rotated, losses));
        }
        return fits;
    }

    private static Fit fit(Smoothness smoothness, double[][] trend, double[] losses) {
        LeastSquares solved = LeastSquares.of(trend, losses, smoothness.precisions());
        int freedom = Math.max(1, losses.length - trend.length);
        double variance = Math.max(SMALLEST_VARIANCE, solved.squares() / freedom);
        double badness = 0.5
                * (smoothness.logDeterminant()
                        + freedom * StrictMath.log(variance)
                        + StrictMath.log(solved.determinant()));
        return new Fit(smoothness, variance, solved.shares(), badness);
    }

    /** The most likely curve. */
    Drawn mean(Fit fit, double[][] trend) {
        return new Drawn(fit.trend, deviation(fit, fit.trend, trend, y));
    }

    private double[] deviation(Fit fit, double[] shares, double[][] trend, double[] losses) {
        Spectrum spectrum = spectra[fit.smoothness.length()];
        double[] residuals = losses.clone();
        for (int part = 0; part < trend.length; part++) {
            for (int row = 0; row < residuals.length; row++) {
                residuals[row] -= shares[part] * trend[part][row];
            }
        }
        double[] rotated = spectrum.rotated(residuals);
        for (int index = 0; index < rotated.length; index++) {
            rotated[index] *= fit.smoothness.ratio() * fit.smoothness.precisions()[index];
        }
        return spectrum.coefficients(rotated);
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
    Drawn draw(Fit fit, double[][] trend, Random random) {
        Smoothness smoothness = fit.smoothness;
        double noise = fit.noise() * inflation(y.length - trend.length, random);
        double[] prior = new double[basis.size()];
        DMatrixRMaj root = spectra[smoothness.length()].root();
        double amplitude = noise * Math.sqrt(smoothness.ratio());
        for (int column = 0; column < prior.length; column++) {
            double normal = amplitude * random.nextGaussian();
            for (int row = column; row < prior.length; row++) {
                prior[row] += root.get(row, column) * normal;
            }
        }
        double[] moved = new double[y.length];
        for (int row = 0; row < moved.length; row++) {
            moved[row] = y[row] - rows[row].dot(prior) - noise / roots[row] * random.nextGaussian();
        }
        Spectrum spectrum = spectra[smoothness.length()];
        double[] shares = fit(smoothness, spectrum.rotated(trend), spectrum.rotated(moved)).trend;
        double[] coefficients = deviation(fit, shares, trend, moved);
        for (int column = 0; column < prior.length; column++) {
            coefficients[column] += prior[column];
        }
        return new Drawn(shares, coefficients);
    }

    private static double inflation(int freedom, Random random) {
        double squares = 0;
        for (int degree = 0; degree < freedom; degree++) {
            double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return Math.sqrt(freedom / squares);
    }
}
