package io.stepsampler.method.estimate;

import org.ejml.data.DMatrixRMaj;

/**
 * Quintic B-splines on equal steps between two places: smooth functions with continuous fourth derivatives.
 *
 * <p>C. de Boor, "A Practical Guide to Splines", 1978, chapter IX.
 */
final class SplineBasis {

    private static final int DEGREE = 5;

    private static final int FEWEST_STEPS = 4;

    private final double from;
    private final double step;
    private final int steps;

    /**
     * @param to lies above {@code from}
     * @param widestStep of two neighbours' centres, in decades
     */
    SplineBasis(double from, double to, double widestStep) {
        this.steps = Math.max(FEWEST_STEPS, (int) Math.ceil((to - from) / widestStep));
        this.from = from;
        this.step = (to - from) / steps;
    }

    /** The splines that are not zero at a place: their weights there, and the first one's index. */
    static final class Row {

        private final int first;
        private final double[] weights;

        private Row(int first, double[] weights) {
            this.first = first;
            this.weights = weights;
        }

        double dot(double[] coefficients) {
            double sum = 0;
            for (int index = 0; index < weights.length; index++) {
                sum += weights[index] * coefficients[first + index];
            }
            return sum;
        }

        /** Writes the weights, times a factor, into a row of a matrix with a column for every spline. */
        void putInto(DMatrixRMaj matrix, int row, double factor) {
            for (int index = 0; index < weights.length; index++) {
                matrix.set(row, first + index, factor * weights[index]);
            }
        }
    }

    int size() {
        return steps + DEGREE;
    }

    /** The distance of two neighbours' centres, in decades. */
    double step() {
        return step;
    }

    /** @param derivative its order: 0, 1 or 2 */
    Row row(double x, int derivative) {
        double position = Math.max(0, Math.min(steps, (x - from) / step));
        int segment = Math.min(steps - 1, (int) position);
        double[] weights = weights(position - segment, DEGREE - derivative);
        for (int order = 0; order < derivative; order++) {
            weights = differences(weights);
        }
        return new Row(segment, weights);
    }

    private static double[] weights(double share, int degree) {
        double[] weights = {1};
        for (int order = 1; order <= degree; order++) {
            double[] higher = new double[order + 1];
            for (int index = 0; index <= order; index++) {
                double left = index > 0 ? (share + order - index) * weights[index - 1] : 0;
                double right = index < order ? (1 - share + index) * weights[index] : 0;
                higher[index] = (left + right) / order;
            }
            weights = higher;
        }
        return weights;
    }

    private double[] differences(double[] weights) {
        double[] differences = new double[weights.length + 1];
        for (int index = 0; index <= weights.length; index++) {
            double left = index > 0 ? weights[index - 1] : 0;
            double right = index < weights.length ? weights[index] : 0;
            differences[index] = (left - right) / step;
        }
        return differences;
    }
}
