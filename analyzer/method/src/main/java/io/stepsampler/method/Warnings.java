package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a finding's reader has to know besides its numbers, and what to do about it. */
final class Warnings {

    /** A second minimum counts if it falls this far below the baseline, and below the rise before it, of 1. */
    private static final double DEPTH = 0.5;

    private static final double ROUNDING_STEPS = 1e-9;

    private Warnings() {}

    /** All that a curve alone gives reason for. */
    static List<Warning> of(Curve curve) {
        List<Warning> warnings = new ArrayList<>();
        if (!curve.hasEnoughSamples()) {
            warnings.add(fewPoints(curve));
        } else if (!curve.showsLearning()) {
            warnings.add(nothingLearned(curve));
        } else {
            secondMinimum(curve).ifPresent(warnings::add);
        }
        minimumOnEdge(curve).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    static Optional<Warning> horizon(Optimizer optimizer, int steps) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return horizon(sgd.momentum(), steps);
        }
        if (optimizer instanceof Optimizer.Adam adam) {
            return horizon(adam.betas().get(0), steps);
        }
        return horizon(((Optimizer.AdamW) optimizer).betas().get(0), steps);
    }

    /** From rest, an optimizer with momentum b takes about 1 / (1 - b) steps to move at its full speed. */
    static Optional<Warning> horizon(double momentum, int steps) {
        double memorySteps = 1 / (1 - momentum) - ROUNDING_STEPS;
        if (steps >= memorySteps) {
            return Optional.empty();
        }
        return Optional.of(warning(
                "HORIZON_TOO_SHORT",
                "A trial of %d steps ends before the optimizer's memory of about %.0f steps is full, so that instability"
                        + " which comes later is not seen: the rates may be too high. Use at least %.0f steps.",
                steps,
                Math.ceil(memorySteps),
                Math.ceil(memorySteps)));
    }

    static Warning pointMissing(List<LearningRate> rates, Outcome.Failed first) {
        return warning(
                "POINT_MISSING",
                "There is no loss at %s: %s (%s). The curve is bounded there as by a diverged trial. Search again if that"
                        + " matters.",
                rates.stream().map(Warnings::number).collect(Collectors.joining(", ")),
                withoutFullStop(first.text()),
                first.code());
    }

    static Warning budgetSpent(Refinement refinement) {
        return warning(
                "BUDGET_SPENT",
                "The budget of %d probes was spent before every point was known within %s decades: %s. Raise"
                        + " budget.probes to know them better.",
                refinement.plan().budget().probes(),
                refinement.plan().thresholdDecades(),
                coarsePoints(refinement));
    }

    static Warning tooCoarse(Refinement refinement) {
        return warning(
                "TOO_COARSE",
                "The rates of this curve are too far apart to know every point within %s decades: %s. Measure further"
                        + " rates there.",
                refinement.plan().thresholdDecades(),
                coarsePoints(refinement));
    }

    static Warning noBaseline(String standIn) {
        return warning(
                "NO_BASELINE",
                "The curve has no row at learning rate 0; %s serves as the baseline. Measure rate 0 to be sure.",
                standIn);
    }

    static Warning kneeOnEdge(LearningRate lowest) {
        return warning(
                "KNEE_ON_EDGE",
                "The loss falls from the lowest rate on, %s, so that the lower end of the window is not known. Probe"
                        + " lower rates.",
                number(lowest));
    }

    static Warning notConfirmed(CurvePoint method, LearningRate rate, Outcome outcome) {
        return warning(
                "NOT_CONFIRMED",
                "The rate that %s selects, %s, %s. Another method's rate is recommended where one holds; more steps or"
                        + " more validation examples make the curve smoother.",
                method.label(),
                number(rate),
                reason(outcome));
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return String.format(
                    Locale.ROOT, "has the loss %.4g when tried, worse than its neighbours", measured.loss());
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            return "diverged at step " + diverged.step() + " when tried";
        }
        return "could not be tried: " + withoutFullStop(((Outcome.Failed) outcome).text());
    }

    private static Warning fewPoints(Curve curve) {
        return warning(
                "FEW_POINTS",
                "Only %d learning rates have a loss, and at least %d are needed. Measure more rates below those that"
                        + " diverge.",
                curve.samples().size(),
                Curve.FEWEST_SAMPLES);
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

    private static Optional<Warning> minimumOnEdge(Curve curve) {
        return curve.minimum()
                .map(Sample::rate)
                .filter(rate -> rate.equals(curve.probedRates().first())
                        || rate.equals(curve.probedRates().last()))
                .map(rate -> warning(
                        "MINIMUM_ON_EDGE",
                        "The loss is lowest at %s, at the edge of the rates tried, and may be lower beyond. Widen the"
                                + " range.",
                        number(rate)));
    }

    /** A valley as deep as half of the whole fall, behind a ridge that high. */
    private static Optional<Warning> secondMinimum(Curve curve) {
        Sample minimum = curve.minimum().orElseThrow();
        return curve.samples().stream()
                .filter(sample -> !sample.equals(minimum))
                .filter(sample -> ridgeBetween(curve, minimum, sample) - curve.relativeLoss(sample) >= DEPTH)
                .min(Sample.BY_LOSS)
                .map(second -> warning(
                        "SEVERAL_MINIMA",
                        "The loss has a second minimum at %s, apart from the one at %s. The window belongs to the deeper"
                                + " one; look at the curve before using it.",
                        number(second.rate()),
                        number(minimum.rate())));
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

    private static String coarsePoints(Refinement refinement) {
        return refinement
                .refinedPoints()
                .filter(point -> !refinement.isBracketed(point))
                .map(point -> refinement
                        .points()
                        .find(point)
                        .map(rate -> describe(point, refinement.curve().bracket(rate)))
                        .orElse(point.label() + " not seen"))
                .collect(Collectors.joining(", "));
    }

    private static String describe(CurvePoint point, Bracket bracket) {
        return point.label() + " between " + (bracket.lower() == null ? "?" : number(bracket.lower())) + " and "
                + (bracket.upper() == null ? "?" : number(bracket.upper()));
    }

    private static String number(LearningRate rate) {
        return String.format(Locale.ROOT, "%.3g", rate.value());
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Warning warning(String code, String text, Object... values) {
        return new Warning(code, String.format(Locale.ROOT, text, values));
    }
}
