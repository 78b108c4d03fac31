package io.stepsampler.bench;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.Answer;
import io.stepsampler.method.Decision;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A search whose trials are answered from a function: the service's decisions without the service. */
record SimulatedSearch(List<Trial> trials, Answer answer) {

    static final SearchPlan PLAN = new SearchPlan(
            1e-7,
            10,
            0.5,
            0.05,
            new SearchPlan.Budget(64),
            SearchPlan.Refinement.ADAPTIVE,
            SearchPlan.Reading.RELATIVE,
            false);

    /** The paper's plan, with a budget that it can spend. */
    static SearchPlan paper(SearchPlan.Reading reading) {
        return new SearchPlan(
                PLAN.from(),
                PLAN.to(),
                PLAN.stepDecades(),
                PLAN.thresholdDecades(),
                PLAN.budget(),
                SearchPlan.Refinement.PAPER,
                reading,
                false);
    }

    /** With every default. */
    static SimulatedSearch adaptive(Function<PlannedProbe, Outcome> training) {
        return run(new Settings(PLAN, new Optimizer.Sgd(0, 0, 0, false), 20, false, 1), training);
    }

    static SimulatedSearch run(Settings settings, Function<PlannedProbe, Outcome> training) {
        List<Trial> trials = new ArrayList<>();
        while (true) {
            Decision decision = StepSampling.decide(settings, trials);
            if (decision instanceof Decision.Finish finish) {
                return new SimulatedSearch(List.copyOf(trials), finish.answer());
            }
            for (PlannedProbe probe : ((Decision.Ask) decision).probes()) {
                trials.add(new Trial(probe, training.apply(probe)));
            }
        }
    }

    int rounds() {
        return 1
                + trials.stream().mapToInt(trial -> trial.probe().round()).max().orElse(0);
    }

    long trainingSteps() {
        return trials.stream().mapToLong(trial -> trial.probe().steps()).sum();
    }
}
