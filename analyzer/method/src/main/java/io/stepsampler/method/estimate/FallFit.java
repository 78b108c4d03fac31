package io.stepsampler.method.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The fall of the loss from the baseline to its lowest point: a {@link Sigmoid} and a smooth deviation from it.
 *
 * <p>Noise alone makes no deviation, so that the knee of a noisy curve is the knee of the sigmoid that fits it; what many
 * exact losses show besides is in the deviation.
 */
public final class FallFit {

    private static final double[] LENGTHS_DECADES = {0.5, 1, 2};
    private static final double[] WIDTHS_DECADES = {0.1, 0.13, 0.17, 0.22, 0.28, 0.36, 0.46, 0.6, 0.8};
    private static final double CENTRE_STEP_DECADES = 0.05;
    private static final double CENTRES_BELOW_HALF_DECADES = 0.8;
    private static final double CENTRES_ABOVE_HALF_DECADES = 1;

    /** So many sigmoids by least squares are compared once the noise is known. */
    private static final int COMPARED = 60;

    /** Of them, each at every smoothness, the most likely that can matter. */
    private static final int KEPT = 300;

    /** No fall is exactly a sigmoid, even where the noise hides it; with the whole fall at 1. */
    private static final double SMALLEST_AMPLITUDE = 0.02;

    private static final long SEED = 20_260_327;

    private final KernelRegression regression;
    private final List<Fitted> fits;
    private final FallGrid grid;

    private FallFit(KernelRegression regression, List<Fitted> fits, FallGrid grid) {
        this.regression = regression;
        this.fits = fits;
        this.grid = grid;
    }

    /** A sigmoid and the trend that it makes. */
    private static final class Candidate {

        private final Sigmoid sigmoid;
        private final double[][] trend;
        private final double squares;

        private Candidate(Sigmoid sigmoid, double[][] trend, double squares) {
            this.sigmoid = sigmoid;
            this.trend = trend;
            this.squares = squares;
        }
    }

    private record Fitted(Candidate candidate, KernelRegression.Fit fit) {}

    /** @param observations up to the lowest loss, relative to their range: 1 at the baseline, 0 at the lowest */
    public static FallFit of(Observations observations) {
        KernelRegression regression = new KernelRegression(observations, LENGTHS_DECADES);
        List<Fitted> all = candidates(observations).stream()
                .limit(COMPARED)
                .flatMap(candidate -> regression.fits(candidate.trend).stream().map(fit -> new Fitted(candidate, fit)))
                .sorted(Comparator.comparing(Fitted::fit, KernelRegression.Fit.BY_BADNESS))
                .toList();
        List<Fitted> deviating = all.stream()
                .filter(fitted -> fitted.fit().amplitude() >= SMALLEST_AMPLITUDE)
                .limit(KEPT)
                .toList();
        List<Fitted> fits = deviating.isEmpty() ? all.subList(0, Math.min(KEPT, all.size())) : deviating;
        return new FallFit(regression, fits, new FallGrid(regression.basis(), observations.x(0), observations.last()));
    }

    /** By least squares, the best first. */
    private static List<Candidate> candidates(Observations observations) {
        double half = firstCrossing(observations);
        int centres = (int) Math.round((CENTRES_BELOW_HALF_DECADES + CENTRES_ABOVE_HALF_DECADES) / CENTRE_STEP_DECADES);
        double[] losses = new double[observations.size() + 1];
        double[] weights = new double[losses.length];
        losses[0] = observations.baseline();
        weights[0] = observations.baselineWeight();
        for (int index = 1; index < losses.length; index++) {
            losses[index] = observations.y(index - 1);
            weights[index] = observations.weight(index - 1);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Sigmoid.Shape shape : Sigmoid.Shape.values()) {
            for (double width : WIDTHS_DECADES) {
                for (int step = 0; step <= centres; step++) {
                    double centre = half - CENTRES_BELOW_HALF_DECADES + step * CENTRE_STEP_DECADES;
                    Sigmoid sigmoid = new Sigmoid(shape, centre, width);
                    double[][] trend = trend(observations, sigmoid);
                    double squares = LeastSquares.of(trend, losses, weights).squares();
                    candidates.add(new Candidate(sigmoid, trend, squares));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate -> candidate.squares));
        return candidates;
    }

    private static double firstCrossing(Observations observations) {
        for (int index = 0; index < observations.size(); index++) {
            if (observations.y(index) < observations.baseline() / 2) {
                return index == 0 ? observations.x(0) : (observations.x(index - 1) + observations.x(index)) / 2;
            }
        }
        return observations.last();
    }

    private static double[][] trend(Observations observations, Sigmoid sigmoid) {
        double[][] trend = new double[2][observations.size() + 1];
        Arrays.fill(trend[0], 1);
        for (int index = 0; index < observations.size(); index++) {
            trend[1][index + 1] = sigmoid.at(observations.x(index))[0];
        }
        return trend;
    }

    /** The standard deviation of one trial's relative loss. */
    public double noise() {
        return fits.get(0).fit().noise();
    }

    /** The most likely places. */
    public FallPoints points() {
        Fitted best = fits.get(0);
        return grid.locate(regression.mean(best.fit(), best.candidate().trend), best.candidate().sigmoid);
    }

    /** Places on curves as likely as the observations leave them. */
    public List<FallPoints> draws(int count) {
        Random random = new Random(SEED);
        double[] likelihood =
                Likelihood.cumulative(fits.stream().map(Fitted::fit).toList());
        List<FallPoints> draws = new ArrayList<>();
        for (int draw = 0; draw < count; draw++) {
            Fitted drawn = fits.get(Likelihood.pick(likelihood, random.nextDouble()));
            draws.add(grid.locate(
                    regression.draw(drawn.fit(), drawn.candidate().trend, random), drawn.candidate().sigmoid));
        }
        return draws;
    }
}
