package io.stepsampler.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The curve on a hundred equal steps of log10 of the rate, as the classic rules want it: linear between its samples. */
final class EqualSteps {

    private static final int STEPS = 100;

    private EqualSteps() {}

    /** Up to where a trial diverged or the loss is cut; nothing where fewer than two samples are left. */
    static Optional<ClassicRules> of(Curve curve) {
        List<Sample> samples = curve.samples();
        int end = 1;
        while (end < samples.size()
                && samples.get(end)
                        .rate()
                        .equals(curve.probedRates().higher(samples.get(end - 1).rate()))) {
            end++;
        }
        if (end < 2) {
            return Optional.empty();
        }
        double from = samples.get(0).x();
        double to = samples.get(end - 1).x();
        List<Double> rates = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        int right = 1;
        for (int step = 0; step < STEPS; step++) {
            double x = from + (to - from) * step / (STEPS - 1);
            while (right < end - 1 && samples.get(right).x() < x) {
                right++;
            }
            Sample left = samples.get(right - 1);
            double share = Math.min(1, (x - left.x()) / (samples.get(right).x() - left.x()));
            rates.add(LearningRate.ofExponent(x).value());
            losses.add((1 - share) * curve.cutLoss(left) + share * curve.cutLoss(samples.get(right)));
        }
        return Optional.of(new ClassicRules(rates, losses));
    }
}
