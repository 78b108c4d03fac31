package io.stepsampler.method.estimate;

/**
 * A fall from 0 to 1 around a centre: what the loss of many steps does over the logarithm of the rate, up to scale.
 *
 * @param width in decades; the fall takes about four of it
 */
record Sigmoid(Shape shape, double centre, double width) {

    /** Beyond, every shape has reached its end. */
    private static final double FARTHEST = 40;

    /** How the two bends compare. */
    enum Shape {
        /** Both alike: the logistic function. */
        EVEN,
        /** The first bend is the sharper one: Gompertz' function. */
        SHARP_START,
        /** The second bend is the sharper one, as where the loss falls exponentially with the rate. */
        SHARP_END
    }

    /** Value, first and second derivative by decades. */
    double[] at(double x) {
        double position = Math.max(-FARTHEST, Math.min(FARTHEST, (x - centre) / width));
        double[] standard = switch (shape) {
            case EVEN -> logistic(position);
            case SHARP_START -> gompertz(position);
            case SHARP_END -> mirrored(gompertz(-position));
        };
        return new double[] {standard[0], standard[1] / width, standard[2] / (width * width)};
    }

    private static double[] logistic(double position) {
        double value = 1 / (1 + StrictMath.exp(-position));
        double first = value * (1 - value);
        return new double[] {value, first, first * (1 - 2 * value)};
    }

    private static double[] gompertz(double position) {
        double decay = StrictMath.exp(-position);
        double value = StrictMath.exp(-decay);
        double first = value == 0 ? 0 : value * decay;
        return new double[] {value, first, value == 0 ? 0 : first * (decay - 1)};
    }

    private static double[] mirrored(double[] standard) {
        return new double[] {1 - standard[0], standard[1], -standard[2]};
    }
}
