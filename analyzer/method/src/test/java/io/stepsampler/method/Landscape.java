package io.stepsampler.method;

import io.stepsampler.messages.Outcome;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * A model of how training behaves: a plateau, a fall around a rate, a minimum, a rise, an explosion, divergence.
 *
 * @param fallAt log10 of the rate where half of the fall is reached
 * @param fallWidth in decades
 * @param minimumAt log10 of the rate where the loss begins to rise
 * @param explodesAt log10 of the rate above which the loss is 1e22; one decade further it diverges
 * @param noise standard deviation, as a share of the fall
 */
record Landscape(
        double baseline,
        double fall,
        double fallAt,
        double fallWidth,
        double minimumAt,
        double explodesAt,
        double noise,
        long seed)
        implements DoubleFunction<Outcome> {

    static final Landscape TYPICAL = new Landscape(0.7, 0.05, -4, 0.3, -2.7, -0.5, 0, 1);

    /** The same, but the loss explodes at rates that a search tries. */
    static final Landscape EXPLODING = new Landscape(0.7, 0.05, -4, 0.3, -2.7, -2.1, 0, 1);

    static Landscape random(long seed, double noise) {
        Random random = new Random(seed);
        double fallAt = -5 + 3 * random.nextDouble();
        double minimumAt = fallAt + 0.8 + 1.2 * random.nextDouble();
        return new Landscape(
                0.5 + 2 * random.nextDouble(),
                0.05 + 2 * random.nextDouble(),
                fallAt,
                0.2 + 0.4 * random.nextDouble(),
                minimumAt,
                minimumAt + 0.7 + 2 * random.nextDouble(),
                noise,
                seed);
    }

    @Override
    public Outcome apply(double rate) {
        double x = rate == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log10(rate);
        if (x > explodesAt + 1) {
            return new Outcome.Diverged(3, List.of());
        }
        return measured(x > explodesAt ? 1e22 : loss(x) + (rate == 0 ? 0 : error(rate)));
    }

    private double loss(double x) {
        double rise = x > minimumAt ? 0.3 * (StrictMath.pow(10, 1.5 * (x - minimumAt)) - 1) : 0;
        return baseline - fall / (1 + StrictMath.exp(-(x - fallAt) / fallWidth)) + fall * rise;
    }

    private double error(double rate) {
        return noise * fall * new Random(Double.hashCode(rate) * 31L + seed * 1_000_003L).nextGaussian();
    }

    /** The typical one, with noise of 2 % of its fall that the seed decides. */
    static Outcome noisy(PlannedProbe probe) {
        Outcome exact = TYPICAL.apply(probe.learningRate());
        Random random = new Random(Double.hashCode(probe.learningRate()) * 31L + probe.seed());
        return exact instanceof Outcome.Measured known && known.loss() < 1
                ? measured(known.loss() + 0.001 * random.nextGaussian())
                : exact;
    }

    static Outcome measured(double loss) {
        return new Outcome.Measured(loss, List.of());
    }

    static Outcome diverged() {
        return new Outcome.Diverged(1, List.of());
    }

    static Outcome failed(Outcome.Code code) {
        return new Outcome.Failed(code, null, null, "it failed");
    }
}
