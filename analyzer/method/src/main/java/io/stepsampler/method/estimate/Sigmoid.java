package io.stepsampler.method.estimate;

/**
 * A fall from 0 to 1 around a centre: what the loss of many steps does over the logarithm of the rate, up to scale.
 *
 * @param width in decades; the fall takes about four of it
 */
record Sigmoid(Shape shape, double centre, double width) {

    /** Beyond, in widths, every shape has reached its end. */
    private static final double FARTHEST = 40;

    private static final double SMALLEST_DECAY = StrictMath.exp(-FARTHEST);
    private static final double LARGEST_DECAY = StrictMath.exp(FARTHEST);

    /** How the two bends compare. */
    enum Shape {
        /** Both alike: the logistic function. */
        EVEN,
        /** The first bend is the sharper one: Gompertz' function. */
        SHARP_START,
        /** The second bend is the sharper one, as where the loss falls exponentially with the rate. */
        SHARP_END;

        /** @param decay exp(-t) at a place t widths right of the centre */
        double value(double decay) {
            double cut = cut(decay);
            return switch (this) {
                case EVEN -> 1 / (1 + cut);
                case SHARP_START -> fading(cut);
                case SHARP_END -> 1 - fading(1 / cut);
            };
        }
    }

    /** exp(-decay), without the trouble where it is 0 or 1. */
    private static double fading(double decay) {
        return decay > FARTHEST ? 0 : decay < SMALLEST_DECAY ? 1 : StrictMath.exp(-decay);
    }

    private static double cut(double decay) {
        return Math.max(SMALLEST_DECAY, Math.min(LARGEST_DECAY, decay));
    }

    /** Value, first and second derivative by decades. */
    double[] at(double x) {
        double decay = cut(StrictMath.exp((centre - x) / width));
        double value = shape.value(decay);
        double first;
        double second;
        switch (shape) {
            case EVEN -> {
                first = value * (1 - value);
                second = first * (1 - 2 * value);
            }
            case SHARP_START -> {
                first = value * decay;
                second = first * (decay - 1);
            }
            case SHARP_END -> {
                first = (1 - value) / decay;
                second = first * (1 - 1 / decay);
            }
            default -> throw new IllegalStateException("no shape " + shape);
        }
        return new double[] {value, first / width, second / (width * width)};
    }
}
