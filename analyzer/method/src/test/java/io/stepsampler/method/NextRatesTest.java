package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextRatesTest {

    @Test
    void aPlaceThatIsNotWellKnownIsProbedItself() {
        Simulation search = Simulation.run(Landscape.TYPICAL);
        List<Trial> before = upTo(search, firstRefinement(search) - 1);
        Refinement refinement = refinement(before);
        LearningRate halfLoss = refinement.points().find(CurvePoint.HALF_LOSS).orElseThrow();

        assertThat(refinement.estimate().intervalsNearby()).containsKey(CurvePoint.HALF_LOSS);
        assertThat(refinement.wanted()).contains(halfLoss);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aKnownPlaceIsGivenNeighboursOnBothSidesAtOnce(long seed) {
        Simulation search = Simulation.run(Landscape.random(7919 * seed, 0));
        int known = 0;
        for (int round = firstRefinement(search) - 1; round < 20; round++) {
            Refinement refinement = refinement(upTo(search, round));
            LearningRate halfLoss =
                    refinement.points().find(CurvePoint.HALF_LOSS).orElseThrow();
            if (refinement.isKnown(CurvePoint.HALF_LOSS, halfLoss) && !refinement.isBracketed(CurvePoint.HALF_LOSS)) {
                NavigableSet<LearningRate> next =
                        new TreeSet<>(refinement.curve().probedRates());
                next.addAll(refinement.wanted());
                Bracket bracket = new Bracket(halfLoss, next.lower(halfLoss), next.higher(halfLoss));

                assertThat(bracket.isWithin(0.05)).isTrue();
                known++;
            }
        }
        assertThat(known).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noRateIsProbedTwiceNorNextToOneThatWas(long seed) {
        Simulation search = Simulation.run(Landscape.random(7919 * seed, 0));
        List<LearningRate> rates = search.trials().stream()
                .filter(trial -> trial.serves(Purpose.REFINEMENT) || trial.serves(Purpose.GRID))
                .map(trial -> trial.probe().rate())
                .sorted()
                .toList();

        assertThat(IntStream.range(1, rates.size()))
                .allMatch(index -> rates.get(index - 1).decadesTo(rates.get(index)) > 0.0124);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aKinkAtTheMinimumIsFoundAndNotCreptUpTo(long seed) {
        Landscape kinked = Landscape.random(7919 * seed, 0);
        Simulation search = Simulation.run(kinked);

        double found = StrictMath.log10(
                Objects.requireNonNull(search.answer().window()).maxLearningRate());
        assertThat(found).isCloseTo(kinked.minimumAt(), within(0.05));
        assertThat(search.trials()).allMatch(trial -> trial.probe().round() <= 14);
    }

    private static int firstRefinement(Simulation search) {
        return search.trials().stream()
                .filter(trial -> trial.serves(Purpose.REFINEMENT))
                .mapToInt(trial -> trial.probe().round())
                .min()
                .orElseThrow();
    }

    private static List<Trial> upTo(Simulation search, int round) {
        return search.trials().stream()
                .filter(trial -> trial.probe().round() <= round)
                .toList();
    }

    private static Refinement refinement(List<Trial> trials) {
        return Refinement.of(Simulation.PLAN, new History(trials).curve().orElseThrow());
    }
}
