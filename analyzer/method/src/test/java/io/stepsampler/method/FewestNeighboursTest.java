package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewestNeighboursTest {

    private static final double THRESHOLD = 0.05;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.03, 0.039})
    void onePairOfRatesServesPlacesThatAreNearEachOther(double apart) {
        List<LearningRate> rates = between(-9, 9, -3, -3 + apart);

        assertThat(rates).hasSize(2);
        assertServed(rates, -3, -3 + apart);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.045, 0.06, 0.08})
    void aRateBetweenServesTwoPlacesThatAreFurtherApart(double apart) {
        List<LearningRate> rates = between(-9, 9, -3, -3 + apart);

        assertThat(rates).hasSize(3);
        assertServed(rates, -3, -3 + apart);
    }

    @Test
    void placesThatAreFarApartHaveTheirOwnRates() {
        assertThat(between(-9, 9, -3, -2)).hasSize(4);
    }

    @Test
    void aNeighbourThatIsNearAlreadyIsKept() {
        List<LearningRate> rates = between(-3.04, 9, -3);

        assertThat(rates).hasSize(1);
        assertThat(rates.get(0).exponent()).isBetween(-3 + 0.005, -3 + 0.045);
        assertThat(between(-3.04, -2.96, -3)).isEmpty();
    }

    @Test
    void noPlaceAsksForNothing() {
        assertThat(between(-9, 9)).isEmpty();
    }

    private static List<LearningRate> between(double lower, double upper, double... places) {
        return new FewestNeighbours(THRESHOLD)
                .of(DoubleStream.of(places)
                        .mapToObj(place -> new Bracket(at(place), at(lower), at(upper)))
                        .toList());
    }

    private static void assertServed(List<LearningRate> rates, double... places) {
        assertThat(DoubleStream.of(places).boxed())
                .allSatisfy(place -> assertThat(rates)
                        .anyMatch(rate -> rate.exponent() < place && rate.exponent() >= place - THRESHOLD)
                        .anyMatch(rate -> rate.exponent() > place && rate.exponent() <= place + THRESHOLD));
    }

    private static LearningRate at(double exponent) {
        return LearningRate.ofExponent(exponent);
    }
}
