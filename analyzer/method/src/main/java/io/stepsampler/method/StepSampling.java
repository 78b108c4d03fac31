package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search as a pure function of its trials: baseline, coarse grid, refinement around the points of interest, and one
 * confirming probe at the recommended rate.
 *
 * <p>After "Learning Rate Optimization Through Step Sampling". A round waits for all of its probes, so that the same
 * search gives the same probes and the same answer however many workers there are and in whatever order they report.
 */
public final class StepSampling {

    /** Changes whenever the same outcomes would give another answer or other probes. */
    public static final String VERSION = "5";

    /** One for the baseline, one for the confirmation. */
    private static final int PROBES_BESIDE_GRID = 2;

    private StepSampling() {}

    /** Round 0: the loss without learning. */
    public static PlannedProbe baseline(Settings settings) {
        return probe(settings, 0, Purpose.BASELINE, LearningRate.BASELINE);
    }

    /** Round 1: the first rates of the coarse grid, and the range test where one is wanted. */
    public static List<PlannedProbe> firstRound(Settings settings) {
        List<PlannedProbe> grid =
                new ArrayList<>(probes(settings, 1, Purpose.GRID, new CoarseGrid(settings.plan()).firstRates()));
        if (settings.plan().sweep()) {
            grid.add(new PlannedProbe(1, Purpose.SWEEP, settings.plan().to(), settings.seed(), SweepRates.STEPS));
        }
        return grid;
    }

    /** A search trains no more: its whole budget of probes, or what longer trials may take, and the range test. */
    public static long mostTrainingSteps(Settings settings) {
        int sweeps = settings.plan().sweep() ? 1 : 0;
        long ofEqualTrials = (long) (settings.plan().budget().probes() - sweeps) * settings.steps();
        long most = settings.lengthen() ? Math.max(ofEqualTrials, Horizon.mostSteps(settings)) : ofEqualTrials;
        return most + (long) sweeps * SweepRates.STEPS;
    }

    /** How many probes a plan needs where nothing is learned: baseline, coarse grid, range test and confirmation. */
    public static int smallestBudget(SearchPlan plan) {
        return new CoarseGrid(plan).rates().size() + PROBES_BESIDE_GRID + (plan.sweep() ? 1 : 0);
    }

    /** What a plan's budget must be; empty where it is that. */
    public static Optional<String> allowedBudget(SearchPlan plan) {
        int smallest = smallestBudget(plan);
        return plan.budget().probes() >= smallest
                ? Optional.empty()
                : Optional.of("at least " + smallest + ", for the baseline, the coarse grid and the confirmation");
    }

    /** @param trials every probe that was asked for, ended or not, in any order */
    public static Decision decide(Settings settings, List<Trial> trials) {
        History history = new History(trials);
        if (history.isWaiting()) {
            return new Decision.Wait(() -> Conclusion.of(settings, history).answer(SearchState.RUNNING));
        }
        Conclusion conclusion = Conclusion.of(settings, history);
        if (trials.isEmpty()) {
            return ask(0, List.of(baseline(settings)), conclusion);
        }
        if (SearchFailure.of(settings, history).isPresent()) {
            return new Decision.Finish(conclusion.answer(SearchState.FAILED));
        }
        if (!history.has(Purpose.GRID)) {
            return ask(1, firstRound(settings), conclusion);
        }
        return refineOrConfirm(settings, history, conclusion);
    }

    private static Decision ask(int round, List<PlannedProbe> probes, Conclusion conclusion) {
        return new Decision.Ask(round, probes, () -> conclusion.answer(SearchState.RUNNING));
    }

    private static Decision refineOrConfirm(Settings settings, History history, Conclusion conclusion) {
        Refinement refinement = conclusion.refinement();
        int left = probesLeft(settings, history);
        if (left > 1 && !history.has(Purpose.CONFIRMATION)) {
            List<PlannedProbe> next = next(settings, history, conclusion);
            List<PlannedProbe> affordable = next.stream().limit(left - 1).toList();
            if (!affordable.isEmpty()) {
                return ask(history.nextRound(), affordable, conclusion);
            }
        }
        if (!refinement.isComplete() && refinement.wanted().isEmpty()) {
            return new Decision.Finish(conclusion.answer(SearchState.UNRELIABLE));
        }
        List<Advice> advised =
                Advice.of(refinement.points(), conclusion.horizon().map(Horizon::middle));
        Recommendation recommendation = Recommendation.of(refinement.curve(), advised, history.outcomes(), left);
        if (recommendation instanceof Recommendation.Unmeasured unmeasured) {
            List<LearningRate> rates = List.of(unmeasured.advice().rate());
            return ask(history.nextRound(), probes(settings, history, Purpose.CONFIRMATION, rates), conclusion);
        }
        return new Decision.Finish(conclusion.answer(recommendation));
    }

    /** How many more trials as long as the curve's the budget allows, of probes and of steps. */
    private static int probesLeft(Settings settings, History history) {
        int probes = settings.plan().budget().probes() - history.trials().size();
        if (!settings.lengthen()) {
            return probes;
        }
        long steps = Horizon.mostSteps(settings) - history.trainingSteps();
        return (int) Math.min(probes, Math.max(0, steps / history.steps()));
    }

    /** Before the recommended rate is confirmed: the grid, a longer grid, the points of interest, seeds, longer trials. */
    private static List<PlannedProbe> next(Settings settings, History history, Conclusion conclusion) {
        Refinement refinement = conclusion.refinement();
        List<LearningRate> grid = new GridRates(settings, history, refinement).open();
        if (!grid.isEmpty()) {
            return probes(settings, history, Purpose.GRID, grid);
        }
        List<PlannedProbe> longerGrid = new LongerGrid(settings, history, refinement).wanted();
        if (!longerGrid.isEmpty()) {
            return longerGrid;
        }
        List<LearningRate> wanted = refinement.wanted();
        if (!wanted.isEmpty()) {
            return probes(settings, history, Purpose.REFINEMENT, wanted);
        }
        List<PlannedProbe> repeats = new Repeats(settings, history, refinement).wanted();
        return repeats.isEmpty() ? conclusion.horizon().map(Horizon::wanted).orElse(List.of()) : repeats;
    }

    private static List<PlannedProbe> probes(
            Settings settings, History history, Purpose purpose, List<LearningRate> rates) {
        int round = history.nextRound();
        int steps = history.steps();
        return rates.stream()
                .map(rate -> new PlannedProbe(round, purpose, rate.value(), settings.seed(), steps))
                .toList();
    }

    private static List<PlannedProbe> probes(Settings settings, int round, Purpose purpose, List<LearningRate> rates) {
        return rates.stream().map(rate -> probe(settings, round, purpose, rate)).toList();
    }

    private static PlannedProbe probe(Settings settings, int round, Purpose purpose, LearningRate rate) {
        return new PlannedProbe(round, purpose, rate.value(), settings.seed(), settings.steps());
    }
}
