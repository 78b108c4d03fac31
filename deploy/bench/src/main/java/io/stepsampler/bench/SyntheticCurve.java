package io.stepsampler.bench;

import io.stepsampler.messages.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A curve whose points of interest are known: a plateau at 1, a fall to about 0, a rise, an explosion, divergence.
 *
 * @param shape of the fall: 0 logistic, 1 two modes that fall exponentially with the rate, 2 an error function
 * @param fallAt log10 of the rate in the middle of the fall
 * @param width of the fall in decades
 * @param riseAt log10 of the rate where the loss begins to rise
 * @param riseHeight how steeply it rises
 * @param explodesAt log10 of the rate above which the loss is 1e22; one decade further trials diverge
 * @param modes how far the second mode's fall lies from the first one's, in decades
 */
record SyntheticCurve(
        long seed,
        int shape,
        double fallAt,
        double width,
        double riseAt,
        double riseHeight,
        double explodesAt,
        double modes) {

    private static final double RESOLUTION_DECADES = 0.0005;
    private static final double LOWEST = -9;
    private static final double HIGHEST = 2;
    private static final double GRID_LOWEST = -7;
    private static final double GRID_HIGHEST = 1;
    private static final double HUGE_LOSS = 1e22;

    static SyntheticCurve of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double fallAt = -5 + 3 * random.nextDouble();
        double width = 0.2 + 0.4 * random.nextDouble();
        double riseAt = fallAt + 0.8 + 1.2 * random.nextDouble();
        return new SyntheticCurve(
                seed,
                (int) (seed % 3),
                fallAt,
                width,
                riseAt,
                0.05 + 0.3 * random.nextDouble(),
                riseAt + 0.7 + 2 * random.nextDouble(),
                random.nextDouble());
    }

    /**
     * @param noise standard deviation of one trial, with the fall at 1
     * @param seedEffect standard deviation of what all trials of a seed have in common
     */
    Outcome train(double rate, long trialSeed, double noise, double seedEffect) {
        double x = rate == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log10(rate);
        if (x > explodesAt + 1) {
            return new Outcome.Diverged(3, List.of());
        }
        double common = seedEffect * normal(seed, trialSeed, 0);
        double own = noise * normal(seed, trialSeed, Double.doubleToLongBits(rate));
        return new Outcome.Measured(x > explodesAt ? HUGE_LOSS : loss(x) + common + own, List.of());
    }

    /** Seeds that are near give numbers that have nothing in common. */
    private static double normal(long... seeds) {
        long mixed = 0;
        for (long next : seeds) {
            mixed = new SplittableRandom(mixed ^ next).nextLong();
        }
        return new Random(mixed).nextGaussian();
    }

    double loss(double x) {
        double rise = Math.max(0, softPlus(3 * (x - riseAt)));
        return 1 - fallen(x) + riseHeight * rise * rise / 4;
    }

    private static double softPlus(double position) {
        return position > 30 ? position : StrictMath.log1p(StrictMath.exp(position));
    }

    private double fallen(double x) {
        if (x == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double position = (x - fallAt) / width;
        return switch (shape) {
            case 0 -> 1 / (1 + StrictMath.exp(-position));
            case 1 ->
                0.6 * (1 - StrictMath.exp(-StrictMath.pow(10, x - fallAt)))
                        + 0.4 * (1 - StrictMath.exp(-StrictMath.pow(10, x - fallAt - modes)));
            default -> (1 + errorFunction(position / 1.6)) / 2;
        };
    }

    /** Abramowitz and Stegun 7.1.26 would have kinks; this integral is smooth to rounding. */
    private static double errorFunction(double z) {
        double end = Math.min(6, Math.abs(z));
        int steps = 64;
        double h = end / steps;
        double sum = 0;
        for (int step = 0; step <= steps; step++) {
            double t = step * h;
            double weight = step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2;
            sum += weight * StrictMath.exp(-t * t);
        }
        return Math.signum(z) * 2 / Math.sqrt(Math.PI) * sum * h / 3;
    }

    /** Where each point of interest lies, as log10 of the rate, by the formulas of the method on a dense grid. */
    Map<String, Double> answers() {
        double[] losses = new double[(int) ((HIGHEST - LOWEST) / RESOLUTION_DECADES)];
        for (int index = 0; index < losses.length; index++) {
            losses[index] = loss(LOWEST + index * RESOLUTION_DECADES);
        }
        return DenseGrid.read(losses, LOWEST, RESOLUTION_DECADES);
    }

    /** What a grid of equal steps over the rates of a default search gives, each rate tried once. */
    Map<String, Double> gridAnswers(double noise, double stepDecades) {
        double[] losses = new double[(int) Math.round((GRID_HIGHEST - GRID_LOWEST) / stepDecades) + 1];
        for (int index = 0; index < losses.length; index++) {
            Outcome outcome = train(StrictMath.pow(10, GRID_LOWEST + index * stepDecades), 1, noise, 0);
            losses[index] = outcome instanceof Outcome.Measured measured ? measured.loss() : Double.POSITIVE_INFINITY;
        }
        return DenseGrid.read(losses, GRID_LOWEST, stepDecades);
    }
}
