package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.SearchPlan;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionsTest {

    @Test
    void aSteepestPlaceAtTheLowestLossIsKnownNoBetterThanThat() {
        List<Sample> samples = IntStream.range(0, 17)
                .mapToObj(index -> new Sample(
                        LearningRate.ofExponent(-7 + 0.5 * index), index < 9 ? 1 - 0.002 * (1 << index) : 1.2, 1))
                .toList();
        SearchPlan plan = new SearchPlan(
                1e-7,
                10,
                0.5,
                0.05,
                new SearchPlan.Budget(64),
                SearchPlan.Refinement.ADAPTIVE,
                SearchPlan.Reading.RELATIVE,
                false);
        Selections selections = new Selections(Refinement.of(plan, new Curve(1, samples, List.of())));

        Interval steepest = interval(selections, "steepest");
        Interval maximum = interval(selections, "maximum");

        assertThat(maximum.lower()).isLessThan(maximum.upper());
        assertThat(steepest.upper()).isGreaterThanOrEqualTo(maximum.upper());
        assertThat(steepest.lower()).isLessThanOrEqualTo(maximum.lower());
    }

    private static Interval interval(Selections selections, String point) {
        return Objects.requireNonNull(selections.pointsOfInterest().stream()
                .filter(found -> found.name().equals(point))
                .findFirst()
                .orElseThrow()
                .interval());
    }
}
