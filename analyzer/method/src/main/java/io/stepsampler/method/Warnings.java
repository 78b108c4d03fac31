package io.stepsampler.method;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader has to know of the search besides its numbers, and what to do about it. */
final class Warnings {

    private Warnings() {}

    /** What is unstable takes about the optimizer's memory to show, whether it begins from rest or not. */
    static Optional<Warning> horizon(Optional<Memory> memory, int steps) {
        return memory.filter(known -> known.isLongerThan(steps))
                .map(known -> warning(
                        "HORIZON_TOO_SHORT",
                        "A trial of %d steps is shorter than the optimizer's memory of about %.0f steps, so that instability"
                                + " which comes later is not seen: the rates of the curve may be too high. Use at least"
                                + " %.0f steps.",
                        steps,
                        Math.ceil(known.steps()),
                        Math.ceil(known.steps())));
    }

    static Optional<Warning> freshOptimizer(OptimizerStart start) {
        return start instanceof OptimizerStart.Forgotten
                ? Optional.of(warning(
                        "FRESH_OPTIMIZER",
                        "The checkpoint is from the middle of a training, and every trial began with an optimizer that"
                                + " remembers nothing of it: its first steps are others than those of the training, and so"
                                + " are the rates. Save the optimizer's state with the checkpoint and name it in"
                                + " model.optimizerState."))
                : Optional.empty();
    }

    /** @param movedDecades by how much the last doubling of the steps moved the answer */
    static Warning answerMoves(int steps, double movedDecades) {
        return warning(
                "ANSWER_MOVES",
                "The recommended rate still moves with the number of steps: %.2f decades %s when the longest trials went"
                        + " from %d to %d steps. More steps show where it ends.",
                Math.abs(movedDecades),
                movedDecades < 0 ? "down" : "up",
                steps / 2,
                steps);
    }

    static Warning noVariation(int seeds) {
        return warning(
                "NO_VARIATION",
                "All trials of %d seeds gave the same losses to the last bit: the seed changes nothing, so that repeats say"
                        + " nothing of the noise. Shuffle the data, and they will.",
                seeds);
    }

    /** @param missing at least one, all failed */
    static Warning pointMissing(List<Trial> missing) {
        Outcome.Failed first =
                (Outcome.Failed) Objects.requireNonNull(missing.get(0).outcome());
        return warning(
                "POINT_MISSING",
                "There is no loss at %s: %s (%s). The curve is bounded there as by a diverged trial. Search again if that"
                        + " matters.",
                missing.stream()
                        .map(trial -> Numbers.rate(trial.probe().learningRate()))
                        .collect(Collectors.joining(", ")),
                withoutFullStop(first.text()),
                first.code());
    }

    /** The same where the reason is not known any more. */
    static Warning pointFailed(List<Trial> missing) {
        return warning(
                "POINT_MISSING",
                "There is no loss at %s, where the trial failed. The curve is bounded there as by a diverged trial. Search"
                        + " again if that matters.",
                missing.stream()
                        .map(trial -> Numbers.rate(trial.probe().learningRate()))
                        .collect(Collectors.joining(", ")));
    }

    static Warning budgetSpent(Settings settings, Refinement refinement) {
        return warning(
                "BUDGET_SPENT",
                "The budget of %d probes%s was spent before every point was known within %s decades: %s. Raise"
                        + " budget.probes to know them better.",
                refinement.plan().budget().probes(),
                settings.lengthen() ? " and " + Horizon.mostSteps(settings) + " training steps" : "",
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

    /** @param instead what is recommended; absent if nothing is */
    static Warning notConfirmed(Advice advice, Outcome outcome, Optional<Advice> instead) {
        return warning(
                "NOT_CONFIRMED",
                "%s, %s, %s. %s; more steps or more validation examples make the curve smoother.",
                capitalized(advice.method()),
                Numbers.rate(advice.rate().value()),
                reason(outcome),
                instead.map(other -> capitalized(other.method()) + " is recommended instead")
                        .orElse("No rate is recommended"));
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return String.format(
                    Locale.ROOT, "has the loss %.4g when tried, worse than its neighbours", measured.loss());
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            return "had diverged by step " + diverged.step() + " when tried";
        }
        return "could not be tried: " + withoutFullStop(((Outcome.Failed) outcome).text());
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
        return point.label() + " between "
                + (bracket.lower() == null ? "?" : Numbers.rate(bracket.lower().value())) + " and "
                + (bracket.upper() == null ? "?" : Numbers.rate(bracket.upper().value()));
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    static Warning warning(String code, String text, Object... values) {
        return new Warning(code, String.format(Locale.ROOT, text, values));
    }
}
