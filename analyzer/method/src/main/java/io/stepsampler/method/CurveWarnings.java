package io.stepsampler.method;

import static io.stepsampler.method.Warnings.warning;

import io.stepsampler.messages.Finding.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader has to know of a curve's shape, and what to do about it. */
final class CurveWarnings {

    /** A second minimum counts if it falls this far below the baseline, and below the rise before it, of 1. */
    private static final double DEPTH = 0.5;

    /** Of the baseline: a smaller fall may be the first step of learning anything. */
    private static final double LITTLE = 0.02;

    private CurveWarnings() {}

    /** All that a curve alone gives reason for. */
    static List<Warning> of(Refinement refinement) {
        Curve curve = refinement.curve();
        List<Warning> warnings = new ArrayList<>();
        if (!curve.hasEnoughSamples()) {
            warnings.add(fewPoints(curve));
        } else if (!refinement.estimate().showsLearning()) {
            warnings.add(nothingLearned(curve));
        } else {
            littleLearned(curve).ifPresent(warnings::add);
            furtherMinima(curve).ifPresent(warnings::add);
            NoiseWarning.of(refinement).ifPresent(warnings::add);
            refinement.edge().map(CurveWarnings::minimumOnEdge).ifPresent(warnings::add);
            if (refinement.isOpenBelow()) {
                warnings.add(kneeOnEdge(curve.probedRates().first()));
            }
        }
        return List.copyOf(warnings);
    }

    static Warning noBaseline(Sample lowestRate) {
        return warning(
                "NO_BASELINE",
                "The curve has no row at learning rate 0; the loss at its lowest rate, %s, stands for the baseline."
                        + " Measure rate 0 to be sure.",
                Numbers.rate(lowestRate.rate().value()));
    }

    /** @param diverged how many rates have no loss because their trials diverged */
    static Warning noCurve(int diverged) {
        return warning(
                "FEW_POINTS",
                diverged > 0
                        ? "All " + diverged + " learning rates diverged. Measure at least " + Curve.FEWEST_SAMPLES
                                + " lower ones."
                        : "No learning rate has a loss at the step that is looked at. Measure at least "
                                + Curve.FEWEST_SAMPLES + " rates for the same number of steps.");
    }

    static Warning noRate(String method) {
        return warning(
                "NO_RATE",
                "The method %s gives no rate on this curve, so that none is recommended. Ask for another one.",
                method);
    }

    private static Warning kneeOnEdge(LearningRate lowest) {
        return warning(
                "KNEE_ON_EDGE",
                "Where the loss begins to fall is not seen above the lowest rate, %s: the lower end of the window is not"
                        + " known. Probe lower rates.",
                Numbers.rate(lowest.value()));
    }

    private static Warning fewPoints(Curve curve) {
        return warning(
                "FEW_POINTS",
                "Only %s a loss, and at least %d are needed. Measure more rates%s.",
                curve.samples().size() == 1
                        ? "1 learning rate has"
                        : curve.samples().size() + " learning rates have",
                Curve.FEWEST_SAMPLES,
                curve.gaps().isEmpty() ? "" : " below those that diverge");
    }

    private static Warning nothingLearned(Curve curve) {
        Sample minimum = curve.minimum().orElseThrow();
        return warning(
                "NOTHING_LEARNED",
                "No learning rate brought the loss clearly below the baseline: %.6g without learning, %.6g at best. Train"
                        + " more steps, or check the data, its labels and which parameters are trained.",
                curve.baselineLoss(),
                minimum.loss());
    }

    private static Warning minimumOnEdge(LearningRate rate) {
        return warning(
                "MINIMUM_ON_EDGE",
                "The loss is lowest at %s, at the edge of the rates tried, and may be lower beyond. Widen the range.",
                Numbers.rate(rate.value()));
    }

    /** Valleys as deep as half of the whole fall, behind ridges that high: the lowest sample of each. */
    private static Optional<Warning> furtherMinima(Curve curve) {
        Sample minimum = curve.minimum().orElseThrow();
        List<Sample> valleys = new ArrayList<>(List.of(minimum));
        List<Sample> byLoss = curve.samples().stream()
                .filter(sample -> curve.relativeLoss(sample) <= 1 - DEPTH)
                .sorted(Sample.BY_LOSS)
                .toList();
        for (Sample sample : byLoss) {
            if (valleys.stream()
                    .allMatch(valley -> ridgeBetween(curve, valley, sample) - curve.relativeLoss(sample) >= DEPTH)) {
                valleys.add(sample);
            }
        }
        String further = valleys.stream()
                .skip(1)
                .map(Sample::rate)
                .sorted()
                .map(rate -> Numbers.rate(rate.value()))
                .collect(Collectors.joining(", "));
        return further.isEmpty()
                ? Optional.empty()
                : Optional.of(warning(
                        "SEVERAL_MINIMA",
                        "The loss is low at %s too, apart from its minimum at %s. The window belongs to the minimum; look"
                                + " at the curve before using it.",
                        further,
                        Numbers.rate(minimum.rate().value())));
    }

    private static Optional<Warning> littleLearned(Curve curve) {
        return curve.fall() >= LITTLE * Math.abs(curve.baselineLoss())
                ? Optional.empty()
                : Optional.of(warning(
                        "LITTLE_LEARNED",
                        "The best rate brought the loss only %.1f %% below the baseline. Train more steps before trusting"
                                + " the answer.",
                        100 * curve.fall() / Math.abs(curve.baselineLoss())));
    }

    private static double ridgeBetween(Curve curve, Sample one, Sample other) {
        LearningRate lower = one.rate().compareTo(other.rate()) < 0 ? one.rate() : other.rate();
        LearningRate upper = lower.equals(one.rate()) ? other.rate() : one.rate();
        return curve.samples().stream()
                .filter(sample ->
                        sample.rate().compareTo(lower) > 0 && sample.rate().compareTo(upper) < 0)
                .mapToDouble(curve::relativeLoss)
                .max()
                .orElse(0);
    }
}
