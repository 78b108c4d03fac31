package io.stepsampler.bench;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.PlannedProbe.Purpose;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import java.util.ArrayList;
import java.util.List;

/** How long the analysis after one outcome takes. */
final class DecisionTime {

    private static final int WARM_UP = 300;
    private static final int MEASURED = 200;

    private DecisionTime() {}

    /** Median of what is known of a curve with so many measured points, half of them in the fall and the valley. */
    static double millis(int points) {
        SyntheticCurve curve = SyntheticCurve.of(0);
        Settings settings = new Settings(
                new SearchPlan(
                        1e-7,
                        10,
                        0.5,
                        0.05,
                        new SearchPlan.Budget(64),
                        SearchPlan.Refinement.ADAPTIVE,
                        SearchPlan.Reading.RELATIVE,
                        false),
                new Optimizer.Sgd(0.9, 0, 0, false),
                20,
                false,
                1);
        List<Trial> trials = new ArrayList<>();
        for (int index = -1; index < points; index++) {
            double rate = index < 0 ? 0 : StrictMath.pow(10, -6.5 + 6.0 * index / points);
            PlannedProbe probe =
                    new PlannedProbe(index < 0 ? 0 : 1, index < 0 ? Purpose.BASELINE : Purpose.GRID, rate, 1, 20);
            trials.add(new Trial(probe, curve.train(rate, 1, 0.01, 0)));
        }
        List<Double> millis = new ArrayList<>();
        for (int run = 0; run < WARM_UP + MEASURED; run++) {
            long begin = System.nanoTime();
            StepSampling.decide(settings, trials);
            if (run >= WARM_UP) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return Percentiles.of(millis).at(0.5);
    }
}
