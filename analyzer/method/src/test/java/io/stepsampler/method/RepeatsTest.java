package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches whose trials depend on their seed. */
class RepeatsTest {

    private static final double KNEE = -4.52;

    @Test
    void everySeedBringsItsOwnBaseline() {
        Simulation search = run(5, 100, noisy(0.03, 0, 1));
        Map<Long, List<Trial>> bySeed = search.trials().stream()
                .collect(Collectors.groupingBy(trial -> trial.probe().seed()));

        assertThat(bySeed).hasSizeBetween(2, 5);
        bySeed.values().forEach(trials -> assertThat(trials).anyMatch(trial -> trial.serves(Purpose.BASELINE)));
        assertThat(bySeed.get(18L))
                .filteredOn(trial -> !trial.serves(Purpose.BASELINE))
                .isNotEmpty()
                .allMatch(trial -> trial.serves(Purpose.REPEAT));
    }

    @Tag("many-curves")
    @Test
    void repeatsMakeTheKneesIntervalNarrower() {
        double one = median(seed -> width(run(1, 30, noisy(0.05, 0, seed))));
        double five = median(seed -> width(run(5, 250, noisy(0.05, 0, seed))));

        assertThat(five).isLessThan(one);
    }

    private static double median(IntToDoubleFunction ofSeed) {
        double[] sorted = IntStream.range(0, 15).mapToDouble(ofSeed).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Tag("many-curves")
    @Test
    void whatASeedAddsToAllLossesDoesNotMoveTheKnee() {
        assertThat(median(seed -> Math.abs(knee(run(4, 120, noisy(0.03, 0.09, seed))) - KNEE)))
                .isLessThan(0.1);
    }

    @Test
    void noNoiseNeedsNoSecondSeed() {
        assertThat(seeds(run(5, 100, noisy(0, 0, 1)))).containsExactly(17L);
    }

    @Test
    void muchNoiseIsRepeatedThoughThePlanAsksForOneSeed() {
        assertThat(seeds(run(1, 200, noisy(0.1, 0, 3)))).containsExactly(17L, 18L, 19L);
    }

    @Test
    void seedsThatChangeNothingAreNoticedAndNotRepeatedFurther() {
        Simulation search = run(6, 150, probe -> noisyLoss(0.04, probe.learningRate(), 0));

        assertThat(seeds(search)).containsExactly(17L, 18L);
        assertThat(search.warningCodes()).contains("NO_VARIATION");
    }

    @Test
    void aSeedWhoseTrialsFailTakesNothingAway() {
        Function<PlannedProbe, Outcome> training = noisy(0.05, 0, 2);
        Simulation alone = run(1, 24, training);
        Simulation search = run(
                2, 100, probe -> probe.seed() == 17 ? training.apply(probe) : Landscape.failed(Outcome.Code.CRASHED));

        assertThat(seeds(search)).containsExactly(17L, 18L);
        assertThat(search.answer().recommendedLearningRate()).isNotNull();
        assertThat(search.answer().baselineLoss()).isEqualTo(alone.answer().baselineLoss());
        assertThat(search.warningCodes()).doesNotContain("POINT_MISSING");
    }

    @Test
    void aSpentBudgetEndsTheRepeats() {
        Simulation search = run(20, 40, noisy(0.05, 0, 2));

        assertThat(search.trials()).hasSizeLessThanOrEqualTo(40);
        assertThat(search.answer().recommendedLearningRate()).isNotNull();
    }

    private static Function<PlannedProbe, Outcome> noisy(double noise, double seedEffect, long run) {
        return probe -> {
            double common = seedEffect * normal(probe.seed(), run);
            return noisyLoss(noise, probe.learningRate(), common, probe.seed() * 31 + run);
        };
    }

    private static Outcome noisyLoss(double noise, double rate, double added) {
        return noisyLoss(noise, rate, added, 0);
    }

    /** A fall of 1 around 1e-4 and a rise from 1e-2 on. */
    private static Outcome noisyLoss(double noise, double rate, double added, long seed) {
        double own = noise * normal(Double.doubleToLongBits(rate), seed);
        double x = rate == 0 ? -100 : StrictMath.log10(rate);
        double rise = StrictMath.log1p(StrictMath.exp(3 * (x + 2)));
        return Landscape.measured(2 - 1 / (1 + StrictMath.exp(-(x + 4) / 0.3)) + 0.05 * rise * rise + added + own);
    }

    /** Seeds that are near give numbers that have nothing in common. */
    private static double normal(long one, long other) {
        long mixed = new SplittableRandom(new SplittableRandom(one).nextLong() ^ other).nextLong();
        return new Random(mixed).nextGaussian();
    }

    private static Simulation run(int repeats, int budget, Function<PlannedProbe, Outcome> training) {
        return Simulation.runProbes(
                Simulation.settings(Simulation.repeated(repeats, budget, false), 0, false), training, 0);
    }

    private static Set<Long> seeds(Simulation search) {
        return search.trials().stream()
                .map(trial -> trial.probe().seed())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static PointOfInterest kneeOf(Simulation search) {
        return search.answer().pointsOfInterest().stream()
                .filter(point -> point.name().equals("knee"))
                .findFirst()
                .orElseThrow();
    }

    private static double knee(Simulation search) {
        return StrictMath.log10(kneeOf(search).learningRate());
    }

    private static double width(Simulation search) {
        Interval interval = Objects.requireNonNull(kneeOf(search).interval());
        return StrictMath.log10(interval.upper() / interval.lower());
    }
}
