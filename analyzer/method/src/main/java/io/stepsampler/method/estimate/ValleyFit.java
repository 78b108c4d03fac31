package io.stepsampler.method.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The valley in which the loss is lowest, smoothed as much as its noise asks for. */
public final class ValleyFit {

    /** The shortest for a loss that turns from a fall to a rise at once. */
    private static final double[] LENGTHS_DECADES = {0.25, 0.5, 1, 2};

    private static final double STEP_DECADES = 0.03;
    private static final long SEED = 20_261_124;

    private final Observations observations;
    private final KernelRegression regression;
    private final List<KernelRegression.Fit> fits;
    private final SplineBasis.Row[] grid;

    private ValleyFit(Observations observations, KernelRegression regression, List<KernelRegression.Fit> fits) {
        this.observations = observations;
        this.regression = regression;
        this.fits = fits;
        int steps = (int) Math.ceil((observations.last() - observations.x(0)) / STEP_DECADES);
        this.grid = new SplineBasis.Row[steps + 1];
        for (int index = 0; index <= steps; index++) {
            grid[index] = regression.basis().row(observations.x(0) + index * step(), 0);
        }
    }

    /** @param observations some on both sides of the valley, where there are any */
    public static ValleyFit of(Observations observations) {
        KernelRegression regression = new KernelRegression(observations, LENGTHS_DECADES);
        double[][] trend = new double[1][observations.size() + 1];
        Arrays.fill(trend[0], 1);
        List<KernelRegression.Fit> fits = regression.fits(trend).stream()
                .sorted(KernelRegression.Fit.BY_BADNESS)
                .toList();
        return new ValleyFit(observations, regression, fits);
    }

    /** The standard deviation of one trial's relative loss. */
    public double noise() {
        return fits.get(0).noise();
    }

    /** The smoothed loss at each observation. */
    public double[] smoothed() {
        KernelRegression.Drawn mean = regression.mean(fits.get(0));
        double[] smoothed = new double[observations.size()];
        for (int index = 0; index < smoothed.length; index++) {
            smoothed[index] = mean.trend(0)
                    + regression.basis().row(observations.x(index), 0).dot(mean.deviation());
        }
        return smoothed;
    }

    /** The place of the lowest loss, not of an observation alone. */
    public double lowest() {
        return lowest(regression.mean(fits.get(0)));
    }

    /** Places of the lowest loss on curves as likely as the observations leave them. */
    public double[] draws(int count) {
        Random random = new Random(SEED);
        Normals normals = new Normals();
        double[] likelihood = Likelihood.cumulative(fits);
        double[] draws = new double[count];
        for (int draw = 0; draw < count; draw++) {
            KernelRegression.Fit fit = fits.get(Likelihood.pick(likelihood, random.nextDouble()));
            draws[draw] = lowest(regression.draw(fit, normals));
        }
        return draws;
    }

    private double lowest(KernelRegression.Drawn curve) {
        double[] losses = new double[grid.length];
        for (int index = 0; index < losses.length; index++) {
            losses[index] = grid[index].dot(curve.deviation());
        }
        int last = losses.length - 1;
        int lowest = Lowest.index(losses, 0, last);
        return observations.x(0) + step() * Lowest.vertex(losses, lowest, 0, last);
    }

    private double step() {
        return (observations.last() - observations.x(0)) / (grid.length - 1);
    }
}
