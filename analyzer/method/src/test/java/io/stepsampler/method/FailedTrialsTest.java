package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchState;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a search whose trials fail. */
class FailedTrialsTest {

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Code.class,
            names = {"BAD_INPUT", "POLICY", "UNSUPPORTED"})
    void aFailureOfTheSearchEndsItWithItsSentence(Outcome.Code code) {
        Answer answer = Simulation.run(rate -> rate == 1e-3 ? Landscape.failed(code) : Landscape.TYPICAL.apply(rate))
                .answer();

        assertThat(answer.state()).isEqualTo(SearchState.FAILED);
        assertThat(answer.failure()).isEqualTo(new Finding.Failure(code, null, null, "it failed"));
    }

    @Test
    void aBaselineThatDivergesFailsTheSearch() {
        Answer answer = Simulation.run(rate -> Landscape.diverged()).answer();

        assertThat(answer.state()).isEqualTo(SearchState.FAILED);
        assertThat(Objects.requireNonNull(answer.failure()).text())
                .contains("baseline")
                .contains("not finite");
        assertThat(answer.points()).hasSize(1);
    }

    @Test
    void aFailedProbeBoundsItsNeighboursAndIsNamed() {
        Simulation search = Simulation.run(
                rate -> rate == 0.1 ? Landscape.failed(Outcome.Code.CRASHED) : Landscape.TYPICAL.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.warningCodes()).containsExactly("POINT_MISSING");
        assertThat(search.answer().warnings().get(0).text()).contains("1e-1").contains("CRASHED");
    }

    @Test
    void moreThanAQuarterOfTheWholeGridFailedEndsTheSearch() {
        Answer few = failingFrom(0.02).answer();
        Answer many = failingFrom(2e-6).answer();

        assertThat(few.state()).isEqualTo(SearchState.FOUND);
        assertThat(many.state()).isEqualTo(SearchState.FAILED);
        assertThat(Objects.requireNonNull(many.failure()).text()).contains("of the 17 rates");
    }

    @Test
    void aFirstRateThatFailedDoesNotHideALowerLossBeyond() {
        Landscape high = new Landscape(0.7, 0.05, -1, 0.3, 0.2, 5, 0, 1);
        Simulation search =
                Simulation.run(rate -> rate == 0.1 ? Landscape.failed(Outcome.Code.CRASHED) : high.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(Objects.requireNonNull(search.answer().window()).maxLearningRate())
                .isBetween(1.0, 2.5);
        assertThat(search.warningCodes()).contains("POINT_MISSING");
    }

    private static Simulation failingFrom(double lowest) {
        return Simulation.run(
                rate -> rate >= lowest ? Landscape.failed(Outcome.Code.CRASHED) : Landscape.TYPICAL.apply(rate));
    }
}
