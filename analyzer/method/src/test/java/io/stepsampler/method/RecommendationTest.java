package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationTest {

    /** Baseline 1 and lowest loss 0, so that a fifth of the fall is 0.2. */
    private static final Curve CURVE = new Curve(
            1,
            List.of(
                    new Sample(at(1e-5), 1),
                    new Sample(at(1e-4), 0.5),
                    new Sample(at(1e-3), 0.1),
                    new Sample(at(1e-2), 0),
                    new Sample(at(1e-1), 0.9)),
            List.of());

    private static final Advice FIRST = new Advice(at(3e-4), "the middle");
    private static final Advice SECOND = new Advice(at(1e-3), "the rate of half-loss");

    @ParameterizedTest
    @CsvSource({"0, true", "0.5, true", "0.7, true", "0.71, false", "0.95, false"})
    void aRateIsConfirmedUpToAFifthOfTheFallAboveItsWorseNeighbour(double loss, boolean confirmed) {
        Recommendation recommendation =
                Recommendation.of(CURVE, List.of(FIRST), Map.of(FIRST.rate(), Landscape.measured(loss)), 0);

        assertThat(recommendation instanceof Recommendation.Confirmed).isEqualTo(confirmed);
    }

    @ParameterizedTest
    @CsvSource({
        "3e-2, 1, true",
        "3e-2, 1.001, false",
        "5e-6, 1, true",
        "5e-6, 1.001, false",
        "1, 1, true",
        "1, 1.1, false"
    })
    void noRateIsConfirmedAboveTheBaseline(double rate, double loss, boolean confirmed) {
        Advice advice = new Advice(at(rate), "the middle");
        Recommendation recommendation =
                Recommendation.of(CURVE, List.of(advice), Map.of(advice.rate(), Landscape.measured(loss)), 0);

        assertThat(recommendation instanceof Recommendation.Confirmed).isEqualTo(confirmed);
    }

    @Test
    void aRateThatWasNotTriedIsToBeTriedWhileTheBudgetLasts() {
        assertThat(Recommendation.of(CURVE, List.of(FIRST, SECOND), Map.of(), 1))
                .isEqualTo(new Recommendation.Unmeasured(FIRST, List.of()));
        assertThat(Recommendation.of(CURVE, List.of(FIRST, SECOND), Map.of(SECOND.rate(), Landscape.measured(0.1)), 0))
                .isEqualTo(new Recommendation.Confirmed(SECOND, 0.1, List.of()));
    }

    @Test
    void theNextMethodsRateIsRecommendedInsteadOfOneThatDidNotHold() {
        Map<LearningRate, Outcome> outcomes =
                Map.of(FIRST.rate(), Landscape.diverged(), SECOND.rate(), Landscape.measured(0.1));

        Recommendation recommendation = Recommendation.of(CURVE, List.of(FIRST, SECOND), outcomes, 5);

        assertThat(((Recommendation.Confirmed) recommendation).advice()).isEqualTo(SECOND);
        assertThat(recommendation.warnings())
                .singleElement()
                .extracting(Warning::text)
                .asString()
                .startsWith("The middle, 3e-4, had diverged by step")
                .contains("The rate of half-loss is recommended instead");
    }

    @Test
    void noneIsRecommendedWhereNoneHolds() {
        Recommendation recommendation = Recommendation.of(
                CURVE, List.of(FIRST), Map.of(FIRST.rate(), Landscape.failed(Outcome.Code.CRASHED)), 5);

        assertThat(recommendation).isInstanceOf(Recommendation.None.class);
        assertThat(recommendation.warnings())
                .singleElement()
                .extracting(Warning::text)
                .asString()
                .contains("could not be tried")
                .contains("No rate is recommended");
    }

    private static LearningRate at(double rate) {
        return LearningRate.of(rate);
    }
}
