package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search says of a curve that its reader should doubt. */
class DoubtfulCurvesTest {

    @Test
    void theKneeOfAFlatCurveIsAbsentAndNothingIsRecommended() {
        Simulation search = Simulation.run(rate -> Landscape.measured(0.7));

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.answer().pointsOfInterest()).isEmpty();
        assertThat(search.answer().recommendedLearningRate()).isNull();
        assertThat(search.warningCodes()).containsExactly("NOTHING_LEARNED");
        assertThat(search.trials()).hasSize(18);
    }

    @Test
    void twoValleysAreReported() {
        Simulation search = Simulation.run(rate -> rate >= 0.9e-2 && rate <= 0.11
                ? Landscape.measured(0.66)
                : rate > 0.11 ? Landscape.measured(0.9) : Landscape.TYPICAL.apply(rate > 1e-3 ? 0 : rate));

        assertThat(search.warningCodes()).contains("SEVERAL_MINIMA");
    }

    @Test
    void aHorizonBelowTheOptimizersMemoryIsReported() {
        Settings slow = new Settings(Simulation.PLAN, new Optimizer.Sgd(0.99, 0, 0, false), 20, false, 17);
        Settings adam = new Settings(Simulation.PLAN, new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0), 9, false, 17);
        Settings enough =
                new Settings(Simulation.PLAN, new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0), 10, false, 17);

        assertThat(Simulation.run(slow, Landscape.TYPICAL, 0).warningCodes()).containsExactly("HORIZON_TOO_SHORT");
        assertThat(Simulation.run(adam, Landscape.TYPICAL, 0).warningCodes()).containsExactly("HORIZON_TOO_SHORT");
        assertThat(Simulation.run(enough, Landscape.TYPICAL, 0).warningCodes()).isEmpty();
    }
}
