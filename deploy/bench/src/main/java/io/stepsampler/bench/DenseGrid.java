package io.stepsampler.bench;

import io.stepsampler.messages.Outcome;
import java.util.HashMap;
import java.util.Map;

/** The points of interest of a curve that was measured at every step of a dense grid, by central differences. */
final class DenseGrid {

    private static final double LOWEST = -7;
    private static final double HIGHEST = 1;

    private DenseGrid() {}

    /** By name, as log10 of the rate. */
    static Map<String, Double> read(SyntheticCurve curve, double noise, double stepDecades) {
        int count = (int) Math.round((HIGHEST - LOWEST) / stepDecades) + 1;
        double[] y = new double[count];
        int lowest = 0;
        for (int index = 0; index < count; index++) {
            Outcome outcome = curve.train(StrictMath.pow(10, LOWEST + index * stepDecades), 1, noise, 0);
            y[index] = outcome instanceof Outcome.Measured measured ? measured.loss() : Double.POSITIVE_INFINITY;
            lowest = y[index] < y[lowest] ? index : lowest;
        }
        double fall = 1 - y[lowest];
        int half = lowest;
        while (half > 1 && (y[half] - y[lowest]) / fall <= 0.5) {
            half--;
        }
        int knee = 1;
        int steepest = 1;
        double sharpest = 0;
        double steepestSlope = 0;
        for (int index = 1; index < lowest; index++) {
            double slope = (y[index + 1] - y[index - 1]) / (2 * stepDecades) / fall;
            double second = (y[index + 1] - 2 * y[index] + y[index - 1]) / (stepDecades * stepDecades) / fall;
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
        Map<String, Double> places = new HashMap<>();
        places.put("maximum", LOWEST + lowest * stepDecades);
        places.put("half-loss", LOWEST + half * stepDecades);
        places.put("knee", LOWEST + knee * stepDecades);
        places.put("steepest", LOWEST + steepest * stepDecades);
        return places;
    }
}
