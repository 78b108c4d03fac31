package io.stepsampler.bench;

import java.util.Map;

/** The points of interest of a curve that is known at every step of a dense grid, by central differences. */
final class DenseGrid {

    private DenseGrid() {}

    /**
     * By name, as log10 of the rate.
     *
     * @param losses with the baseline at 1
     * @param from log10 of the first rate
     */
    static Map<String, Double> read(double[] losses, double from, double stepDecades) {
        int lowest = 0;
        for (int index = 0; index < losses.length; index++) {
            lowest = losses[index] < losses[lowest] ? index : lowest;
        }
        double fall = 1 - losses[lowest];
        int half = lowest;
        while (half > 1 && (losses[half] - losses[lowest]) / fall <= 0.5) {
            half--;
        }
        int knee = 1;
        int steepest = 1;
        double sharpest = 0;
        double steepestSlope = 0;
        for (int index = 1; index < lowest; index++) {
            double slope = (losses[index + 1] - losses[index - 1]) / (2 * stepDecades) / fall;
            double second =
                    (losses[index + 1] - 2 * losses[index] + losses[index - 1]) / (stepDecades * stepDecades) / fall;
            double curvature = second / StrictMath.pow(1 + slope * slope, 1.5);
            if (index < half && curvature < sharpest) {
                sharpest = curvature;
                knee = index;
            }
            if (slope < steepestSlope) {
                steepestSlope = slope;
                steepest = index;
            }
        }
        return Map.of(
                "maximum", from + lowest * stepDecades,
                "half-loss", from + half * stepDecades,
                "knee", from + knee * stepDecades,
                "steepest", from + steepest * stepDecades);
    }
}
