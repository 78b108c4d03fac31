package io.stepsampler.method.estimate;

/**
 * Finds the knee, half-loss and the steepest place of a fitted curve.
 *
 * <p>Relative to the curve's own range: half-loss where y = 1/2, on the crossing furthest to the right; the knee at the
 * minimum of k = y'' / (1 + y'^2)^(3/2) left of it; the steepest place at the minimum of y' right of the knee.
 */
final class FallGrid {

    private static final double STEP_DECADES = 0.02;
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

    FallPoints locate(KernelRegression.Drawn curve, Sigmoid sigmoid) {
        double[][] values = new double[3][rows.length];
        int lowest = 0;
        for (int index = 0; index < rows.length; index++) {
            double[] trend = sigmoid.at(x(index));
            for (int derivative = 0; derivative < 3; derivative++) {
                values[derivative][index] = (derivative == 0 ? curve.trend(0) : 0)
                        + curve.trend(1) * trend[derivative]
                        + rows[index][derivative].dot(curve.deviation());
            }
            lowest = values[0][index] < values[0][lowest] ? index : lowest;
        }
        double fall = curve.trend(0) - values[0][lowest];
        return fall > 0 ? locate(values, curve.trend(0), lowest, fall) : new FallPoints(from, from, from);
    }

    private FallPoints locate(double[][] values, double baseline, int lowest, double fall) {
        double half = baseline - HALF * fall;
        int crossing = lowest;
        while (crossing > 0 && values[0][crossing] <= half) {
            crossing--;
        }
        double halfLoss = values[0][crossing] > half
                ? x(crossing + (values[0][crossing] - half) / (values[0][crossing] - values[0][crossing + 1]))
                : from;
        double[] curvatures = new double[rows.length];
        double[] slopes = new double[rows.length];
        for (int index = 0; index < rows.length; index++) {
            slopes[index] = values[1][index] / fall;
            curvatures[index] = values[2][index] / fall / StrictMath.pow(1 + slopes[index] * slopes[index], 1.5);
        }
        int plateauEnd = crossing;
        while (plateauEnd > 0 && values[0][plateauEnd] < baseline) {
            plateauEnd--;
        }
        int earliest = Math.max(0, plateauEnd - (int) (PLATEAU_DECADES / step));
        int knee = Lowest.index(curvatures, earliest, crossing);
        int steepest = Lowest.index(slopes, knee, lowest);
        return new FallPoints(
                x(Lowest.vertex(curvatures, knee, earliest, crossing)),
                halfLoss,
                x(Lowest.vertex(slopes, steepest, knee, lowest)));
    }
}
