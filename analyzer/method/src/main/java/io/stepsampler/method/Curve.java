package io.stepsampler.method;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The loss y over x = log10(learning rate). */
final class Curve {

    static final int FEWEST_SAMPLES = 5;

    /** With the baseline at 1. A loss above says no more than that the rate is far too high. */
    private static final double HIGHEST_RELATIVE_LOSS = 2;

    /** A fall of the loss by less than this share of the baseline is rounding, not learning. */
    private static final double SMALLEST_FALL = 1e-4;

    /** Of the absolute value, in standard deviations. */
    private static final double MEDIAN_OF_NORMAL = 0.6745;

    private final double baselineLoss;
    private final List<Sample> samples;
    private final List<LearningRate> gaps;
    private final Optional<Sample> minimum;
    private final NavigableSet<LearningRate> probedRates;

    /**
     * @param samples the measured points, one for each rate, in any order
     * @param gaps rates that were probed and have no loss: diverged, or failed for good
     */
    Curve(double baselineLoss, List<Sample> samples, List<LearningRate> gaps) {
        if (!Double.isFinite(baselineLoss)) {
            throw new IllegalArgumentException("baseline loss is " + baselineLoss + "; it must be finite");
        }
        this.baselineLoss = baselineLoss;
        this.samples = samples.stream().sorted(Sample.BY_RATE).toList();
        this.gaps = gaps.stream().sorted().toList();
        this.minimum = samples.stream().min(Sample.BY_LOSS);
        NavigableSet<LearningRate> rates = new TreeSet<>(gaps);
        samples.forEach(sample -> rates.add(sample.rate()));
        this.probedRates = Collections.unmodifiableNavigableSet(rates);
    }

    double baselineLoss() {
        return baselineLoss;
    }

    /** By rate. */
    List<Sample> samples() {
        return samples;
    }

    /** By rate. */
    List<LearningRate> gaps() {
        return gaps;
    }

    NavigableSet<LearningRate> probedRates() {
        return probedRates;
    }

    Bracket bracket(LearningRate rate) {
        return new Bracket(rate, probedRates.lower(rate), probedRates.higher(rate));
    }

    Optional<Sample> minimum() {
        return minimum;
    }

    /** How far the loss fell below the baseline at best; 0 if it never did. */
    double fall() {
        return minimum.map(best -> Math.max(0, baselineLoss - best.loss())).orElse(0.0);
    }

    /** Whether it fell at all, by more than rounding. */
    boolean falls() {
        return Double.isFinite(fall()) && fall() > SMALLEST_FALL * Math.abs(baselineLoss);
    }

    boolean isOnEdge(LearningRate rate) {
        return rate.equals(probedRates.first()) || rate.equals(probedRates.last());
    }

    /** Lower rates could only be nearer to the baseline still. */
    boolean isAtBaseline(Sample sample) {
        return Math.abs(sample.loss() - baselineLoss) <= SMALLEST_FALL * Math.abs(baselineLoss);
    }

    boolean hasEnoughSamples() {
        return samples.size() >= FEWEST_SAMPLES;
    }

    /**
     * Without the highest rates whose losses are cut, for as long as enough samples are left: cut to one height, they tell
     * nothing of what noise is elsewhere.
     */
    Curve beforeExplosion() {
        int end = samples.size();
        while (end > FEWEST_SAMPLES && samples.get(end - 1).loss() >= highestLoss()) {
            end--;
        }
        return new Curve(baselineLoss, samples.subList(0, end), gaps);
    }

    /** Huge losses cut to a height at which they disturb neither a derivative nor a picture. */
    double cutLoss(Sample sample) {
        return Math.min(sample.loss(), highestLoss());
    }

    private double highestLoss() {
        return minimum.orElseThrow().loss() + HIGHEST_RELATIVE_LOSS * fall();
    }

    /** 0 at the lowest loss, 1 at the baseline. */
    double relativeLoss(Sample sample) {
        return (cutLoss(sample) - minimum.orElseThrow().loss()) / fall();
    }

    private double uncutLoss(Sample sample) {
        return (sample.loss() - minimum.orElseThrow().loss()) / fall();
    }

    /** How often in a row, from the baseline on, the loss fell up to its lowest. */
    int fallsInARow() {
        int lowest = samples.indexOf(minimum.orElseThrow());
        int falls = 0;
        while (falls < lowest
                && samples.get(lowest - falls).loss()
                        < samples.get(lowest - falls - 1).loss()) {
            falls++;
        }
        return falls < lowest ? falls : falls + (samples.get(0).loss() < baselineLoss ? 1 : 0);
    }

    /**
     * The typical deviation of a loss from the middle of its neighbours: large only if most of the curve is noise. Losses
     * are not cut: above a baseline that noise has made low, most would be, and all alike.
     */
    double roughness() {
        double[] deviations = new double[Math.max(0, samples.size() - 2)];
        for (int index = 1; index + 1 < samples.size(); index++) {
            Sample left = samples.get(index - 1);
            Sample middle = samples.get(index);
            Sample right = samples.get(index + 1);
            double share = (middle.x() - left.x()) / (right.x() - left.x());
            double expected = (1 - share) * uncutLoss(left) + share * uncutLoss(right);
            double variance = 1 + share * share + (1 - share) * (1 - share);
            deviations[index - 1] = Math.abs(uncutLoss(middle) - expected) / Math.sqrt(variance);
        }
        Arrays.sort(deviations);
        return deviations.length == 0 ? 0 : deviations[deviations.length / 2] / MEDIAN_OF_NORMAL;
    }
}
