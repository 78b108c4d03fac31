package io.stepsampler.method.estimate;

/** The lowest of values on equal steps. */
final class Lowest {

    private Lowest() {}

    /** The first of the lowest from one index to another, both included. */
    static int index(double[] values, int from, int to) {
        int lowest = from;
        for (int index = from + 1; index <= to; index++) {
            lowest = values[index] < values[lowest] ? index : lowest;
        }
        return lowest;
    }

    /** Where a parabola through a lowest value and its neighbours is lowest, in steps; itself at an end. */
    static double vertex(double[] values, int index, int from, int to) {
        if (index <= from || index >= to) {
            return index;
        }
        double left = values[index - 1] - values[index];
        double right = values[index + 1] - values[index];
        return left + right > 0 ? index + 0.5 * (left - right) / (left + right) : index;
    }
}
