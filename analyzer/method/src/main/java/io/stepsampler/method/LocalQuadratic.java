package io.stepsampler.method;

import java.util.List;
import java.util.Optional;

/**
 * Derivatives of the relative loss r that do not chase noise when refinement brings points together.
 *
 * <p>At a sample x0, the parabola a + b u + c u^2, u = x - x0, with the least sum of w (r - a - b u - c u^2)^2. The weight
 * w falls linearly from 1 at x0 to 0 at two coarse steps away, times the stretch of the axis that the sample stands for:
 * half of the gaps to its neighbours. On a coarse grid three samples have a weight, and b and 2c are the ordinary central
 * differences. In a cluster of samples their mean counts, however many they are, so that further ones change little.
 */
record LocalQuadratic(Curve curve, double stepDecades) implements Slopes {

    private static final double NO_WEIGHT = 1e-6;

    @Override
    public Optional<Slope> at(int index) {
        List<Sample> samples = curve.samples();
        if (index < 1 || index + 1 >= samples.size()) {
            return Optional.empty();
        }
        double centre = samples.get(index).x();
        double reach = 2 * Math.max(stepDecades, Math.max(gapBelow(index), gapBelow(index + 1)));
        double[] moments = new double[5];
        double[] products = new double[3];
        for (int other = 0; other < samples.size(); other++) {
            double position = (samples.get(other).x() - centre) / reach;
            double weight = 1 - Math.abs(position);
            if (weight > NO_WEIGHT) {
                add(position, weight * stretch(other), curve.relativeLoss(samples.get(other)), moments, products);
            }
        }
        return parabola(moments, products, reach);
    }

    private static void add(double position, double weight, double loss, double[] moments, double[] products) {
        double power = weight;
        for (int order = 0; order < moments.length; order++) {
            moments[order] += power;
            if (order < products.length) {
                products[order] += power * loss;
            }
            power *= position;
        }
    }

    /** Cramer's rule for the normal equations, scaled back from units of the reach to decades. */
    private static Optional<Slope> parabola(double[] m, double[] p, double reach) {
        double whole = determinant(m[0], m[1], m[2], m[1], m[2], m[3], m[2], m[3], m[4]);
        double linear = determinant(m[0], p[0], m[2], m[1], p[1], m[3], m[2], p[2], m[4]) / whole;
        double quadratic = determinant(m[0], m[1], p[0], m[1], m[2], p[1], m[2], m[3], p[2]) / whole;
        return Optional.of(new Slope(linear / reach, 2 * quadratic / (reach * reach)))
                .filter(Slope::isFinite);
    }

    private static double determinant(
            double a, double b, double c, double d, double e, double f, double g, double h, double i) {
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    }

    private double stretch(int index) {
        int last = curve.samples().size() - 1;
        double below = index == 0 ? stepDecades : Math.min(stepDecades, gapBelow(index));
        double above = index == last ? stepDecades : Math.min(stepDecades, gapBelow(index + 1));
        return (below + above) / 2;
    }

    private double gapBelow(int index) {
        return curve.samples().get(index).x() - curve.samples().get(index - 1).x();
    }
}
