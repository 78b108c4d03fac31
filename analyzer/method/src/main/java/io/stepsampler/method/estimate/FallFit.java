package io.stepsampler.method.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The fall of the loss from the baseline to its lowest point: a {@link Sigmoid} and a smooth deviation from it.
 *
 * <p>Noise alone makes no deviation, so that the knee of a noisy curve is the knee of the sigmoid that fits it; what many
 * exact losses show besides is in the deviation.
 */
public final class FallFit {

    private static final double[] LENGTHS_DECADES = {0.5, 2.2};

    /** So many sigmoids by least squares are compared once the noise is known. */
    private static final int COMPARED = 20;

    /** Of them, each at every smoothness, the most likely that can matter. */
    private static final int KEPT = 300;

    /** A likelihood smaller by so much of its logarithm is nothing. */
    private static final double UNLIKELY = 15;

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

    private record Fitted(Sigmoid sigmoid, KernelRegression.Fit fit) {}

    /** @param observations up to the lowest loss, relative to their range: 1 at the baseline, 0 at the lowest */
    public static FallFit of(Observations observations) {
        KernelRegression regression = new KernelRegression(observations, LENGTHS_DECADES);
        List<Fitted> all = new ArrayList<>();
        for (Sigmoid sigmoid : new NearestSigmoids(observations).nearest(COMPARED)) {
            regression.fits(trend(observations, sigmoid)).forEach(fit -> all.add(new Fitted(sigmoid, fit)));
        }
        List<Fitted> deviating = all.stream()
                .filter(fitted -> fitted.fit().amplitude() >= SMALLEST_AMPLITUDE)
                .toList();
        List<Fitted> fits = likely(deviating.isEmpty() ? all : deviating);
        return new FallFit(regression, fits, new FallGrid(regression.basis(), observations.x(0), observations.last()));
    }

    /** The most likely first, without those that no draw would take. */
    private static List<Fitted> likely(List<Fitted> fits) {
        double best = fits.stream()
                .mapToDouble(fitted -> fitted.fit().badness())
                .min()
                .orElseThrow();
        return fits.stream()
                .filter(fitted -> fitted.fit().badness() <= best + UNLIKELY)
                .sorted(Comparator.comparing(Fitted::fit, KernelRegression.Fit.BY_BADNESS))
                .limit(KEPT)
                .toList();
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
        return grid.locate(regression.mean(best.fit()), grid.table(best.sigmoid()));
    }

    /** Places on curves as likely as the observations leave them. */
    public List<FallPoints> draws(int count) {
        Random random = new Random(SEED);
        Normals normals = new Normals();
        double[] likelihood =
                Likelihood.cumulative(fits.stream().map(Fitted::fit).toList());
        Map<Sigmoid, double[][]> tables = new HashMap<>();
        List<FallPoints> draws = new ArrayList<>();
        for (int draw = 0; draw < count; draw++) {
            Fitted drawn = fits.get(Likelihood.pick(likelihood, random.nextDouble()));
            double[][] table = tables.computeIfAbsent(drawn.sigmoid(), grid::table);
            draws.add(grid.locate(regression.draw(drawn.fit(), normals), table));
        }
        return draws;
    }
}
