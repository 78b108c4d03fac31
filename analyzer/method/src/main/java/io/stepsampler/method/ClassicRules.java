package io.stepsampler.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rates that other finders read from losses over rates on equal logarithmic steps, by their published definitions.
 *
 * <p>{@code valley}, {@code slide}, {@code steepest} and {@code minimum-tenth} are those of fastai's learning rate finder;
 * {@code minimum} is Wittmann's. {@code slide} compares raw losses with a fixed number, so that it depends on their scale.
 *
 * @param rates ascending
 * @param losses one for each rate, finite
 */
record ClassicRules(List<Double> rates, List<Double> losses) {

    private static final int SLIDE_STEPS = 15;
    private static final double SLIDE_THRESHOLD = 0.005;

    ClassicRules {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
        if (rates.size() < 2 || rates.size() != losses.size()) {
            throw new IllegalArgumentException(rates.size() + " rates with " + losses.size() + " losses");
        }
    }

    /** By method; without those that these losses do not give or that lie outside the rates. */
    Map<String, Double> selected() {
        Map<String, Double> selected = new LinkedHashMap<>();
        selected.put("steepest", rates.get(steepest()));
        selected.put("minimum", rates.get(lowest()));
        double tenth = rates.get(lowest()) / 10;
        if (tenth >= rates.get(0)) {
            selected.put("minimum-tenth", tenth);
        }
        selected.put("valley", rates.get(valley()));
        int slide = slide();
        if (slide >= 0) {
            selected.put("slide", rates.get(slide));
        }
        return selected;
    }

    private int lowest() {
        int lowest = 0;
        for (int index = 1; index < losses.size(); index++) {
            lowest = losses.get(index) < losses.get(lowest) ? index : lowest;
        }
        return lowest;
    }

    private int steepest() {
        int steepest = 0;
        for (int index = 1; index + 1 < losses.size(); index++) {
            steepest = slope(index) < slope(steepest) ? index : steepest;
        }
        return steepest;
    }

    private double slope(int index) {
        return (losses.get(index + 1) - losses.get(index)) / StrictMath.log(rates.get(index + 1) / rates.get(index));
    }

    /** Halfway along the longest run of losses, with gaps, each of which is lower than the one before. */
    private int valley() {
        int[] lengths = new int[losses.size()];
        int end = 0;
        for (int index = 0; index < lengths.length; index++) {
            lengths[index] = 1;
            for (int before = 0; before < index; before++) {
                if (losses.get(before) > losses.get(index)) {
                    lengths[index] = Math.max(lengths[index], lengths[before] + 1);
                }
            }
            end = lengths[index] > lengths[end] ? index : end;
        }
        int start = end - lengths[end];
        double third = (end - start) / 3.0;
        return Math.max(0, start + (int) third + (int) (third / 2));
    }

    /** Sliding left from the end while the slopes at both ends of a window differ; -1 if they never do. */
    private int slide() {
        int remembered = -1;
        int right = losses.size() - 1;
        int left = right - SLIDE_STEPS;
        while (left >= 0 && Math.abs(gradient(right) - gradient(left)) > SLIDE_THRESHOLD) {
            remembered = left;
            right--;
            left--;
        }
        return remembered;
    }

    /** By index: central within, one-sided at the ends. */
    private double gradient(int index) {
        int before = Math.max(0, index - 1);
        int after = Math.min(losses.size() - 1, index + 1);
        return (losses.get(after) - losses.get(before)) / (after - before);
    }
}
