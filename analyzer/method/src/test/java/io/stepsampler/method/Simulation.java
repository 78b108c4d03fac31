package io.stepsampler.method;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** A search without broker, database or network: outcomes come from a function, in an order drawn from a seed. */
record Simulation(Settings settings, List<Trial> trials, Answer answer) {

    private static final int MOST_ROUNDS = 100;

    static final SearchPlan PLAN = plan(1e-7, 10, 64);

    static SearchPlan plan(double from, double to, int budget) {
        return new SearchPlan(
                from,
                to,
                0.5,
                0.05,
                new SearchPlan.Budget(budget),
                SearchPlan.Refinement.ADAPTIVE,
                SearchPlan.Reading.RELATIVE,
                false);
    }

    static SearchPlan plan(int budget, SearchPlan.Refinement refinement, SearchPlan.Reading reading) {
        return new SearchPlan(1e-7, 10, 0.5, 0.05, new SearchPlan.Budget(budget), refinement, reading, false);
    }

    static SearchPlan repeated(int repeats, int budget, boolean sweep) {
        return new SearchPlan(
                1e-7,
                10,
                0.5,
                0.05,
                new SearchPlan.Budget(budget),
                SearchPlan.Refinement.ADAPTIVE,
                SearchPlan.Reading.RELATIVE,
                sweep,
                repeats,
                true);
    }

    static Settings settings(SearchPlan plan) {
        return settings(plan, 0.9, false);
    }

    static Settings settings(SearchPlan plan, double momentum, boolean lengthen) {
        return new Settings(plan, new Optimizer.Sgd(momentum, 0, 0, false), 20, lengthen, 17);
    }

    static Simulation run(DoubleFunction<Outcome> training) {
        return run(settings(PLAN), training, 0);
    }

    static Simulation run(SearchPlan plan, DoubleFunction<Outcome> training) {
        return run(settings(plan), training, 0);
    }

    static Simulation run(Settings settings, DoubleFunction<Outcome> training, long arrivalSeed) {
        return runProbes(settings, probe -> training.apply(probe.learningRate()), arrivalSeed);
    }

    static Simulation runProbes(Settings settings, Function<PlannedProbe, Outcome> training, long arrivalSeed) {
        Random arrival = new Random(arrivalSeed);
        List<Trial> trials = new ArrayList<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Decision decision = StepSampling.decide(settings, trials);
            if (decision instanceof Decision.Finish finish) {
                return new Simulation(settings, List.copyOf(trials), finish.answer());
            }
            if (!(decision instanceof Decision.Ask ask)) {
                throw new AssertionError("waits although every outcome is in");
            }
            complete(settings, ask, training, trials, arrival);
        }
        throw new AssertionError("no end after " + MOST_ROUNDS + " rounds");
    }

    private static void complete(
            Settings settings,
            Decision.Ask ask,
            Function<PlannedProbe, Outcome> training,
            List<Trial> trials,
            Random arrival) {
        ask.probes().forEach(probe -> trials.add(new Trial(probe, null)));
        List<PlannedProbe> arriving = new ArrayList<>(ask.probes());
        Collections.shuffle(arriving, arrival);
        for (PlannedProbe probe : arriving) {
            if (!(StepSampling.decide(settings, trials) instanceof Decision.Wait)) {
                throw new AssertionError("decides before the round is complete");
            }
            trials.removeIf(trial -> trial.probe().equals(probe));
            trials.add(arrival.nextInt(trials.size() + 1), new Trial(probe, training.apply(probe)));
        }
    }

    /** The rate that a method selects. */
    double selected(String method) {
        return answer.selections().stream()
                .filter(selection -> selection.method().equals(method))
                .findFirst()
                .orElseThrow()
                .learningRate();
    }

    List<Double> probedRates() {
        return trials.stream()
                .map(trial -> trial.probe().learningRate())
                .sorted()
                .toList();
    }

    List<String> warningCodes() {
        return answer.warnings().stream().map(warning -> warning.code()).toList();
    }
}
