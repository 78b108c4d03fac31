package io.stepsampler.method.estimate;

/**
 * Finds the knee, half-loss and the steepest place of a fitted curve.
 *
 * <p>Relative to the curve's own range: half-loss where y = 1/2, on the crossing furthest to the right; the knee at the
 * minimum of k = y'' / (1 + y'^2)^(3/2) left of it; the steepest place at the minimum of y' right of the knee.
 */
final class FallGrid {

    private static final double STEP_DECADES = 0.03;
    private static final double HALF = 0.5;

    /** The loss may rise a little before it falls: what lies further left than this of the last rise is no knee. */
    private static final double PLATEAU_DECADES = 0.5;

    private final double from;
    private final double step;
    private final SplineBasis.Row[][] rows;

    FallGrid(SplineBasis basis, double from, double to) {
        int steps = (int) Math.ceil((to - from) / STEP_DECADES);
        this.from = from;
        this.step = (to - from) / steps;
        this.rows = new SplineBasis.Row[steps + 1][3];
        for (int index = 0; index <= steps; index++) {
            for (int derivative = 0; derivative < 3; derivative++) {
                rows[index][derivative] = basis.row(x(index), derivative);
            }
        }
    }

    private double x(double index) {
        return from + index * step;
    }

    /** A sigmoid's value, first and second derivative at each step, for {@link #locate}. */
    double[][] table(Sigmoid sigmoid) {
        double[][] table = new double[3][rows.length];
        for (int index = 0; index < rows.length; index++) {
            double[] at = sigmoid.at(x(index));
            for (int derivative = 0; derivative < 3; derivative++) {
                table[derivative][index] = at[derivative];
            }
        }
        return table;
    }

    /** @param table of the curve's sigmoid */
    FallPoints locate(KernelRegression.Drawn curve, double[][] table) {
        double baseline = curve.trend(0);
        double[] values = new double[rows.length];
        for (int index = 0; index < rows.length; index++) {
            values[index] = baseline + derivative(curve, table, 0, index);
        }
        int lowest = Lowest.index(values, 0, values.length - 1);
        double fall = baseline - values[lowest];
        if (!(fall > 0)) {
            return new FallPoints(from, from, from);
        }
        double half = baseline - HALF * fall;
        int crossing = lowest;
        while (crossing > 0 && values[crossing] <= half) {
            crossing--;
        }
        double halfLoss = values[crossing] > half
                ? x(crossing + (values[crossing] - half) / (values[crossing] - values[crossing + 1]))
                : from;
        int plateauEnd = crossing;
        while (plateauEnd > 0 && values[plateauEnd] < baseline) {
            plateauEnd--;
        }
        int earliest = Math.max(0, plateauEnd - (int) (PLATEAU_DECADES / step));
        double[] slopes = new double[rows.length];
        for (int index = earliest; index <= lowest; index++) {
            slopes[index] = derivative(curve, table, 1, index) / fall;
        }
        double[] curvatures = new double[rows.length];
        for (int index = earliest; index <= crossing; index++) {
            double square = 1 + slopes[index] * slopes[index];
            curvatures[index] = derivative(curve, table, 2, index) / fall / (square * Math.sqrt(square));
        }
        int knee = Lowest.index(curvatures, earliest, crossing);
        int steepest = Lowest.index(slopes, knee, lowest);
        return new FallPoints(
                x(Lowest.vertex(curvatures, knee, earliest, crossing)),
                halfLoss,
                x(Lowest.vertex(slopes, steepest, knee, lowest)));
    }

    private double derivative(KernelRegression.Drawn curve, double[][] table, int order, int index) {
        return curve.trend(1) * table[order][index] + rows[index][order].dot(curve.deviation());
    }
}
