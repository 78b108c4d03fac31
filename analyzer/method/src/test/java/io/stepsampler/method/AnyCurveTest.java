package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the trials do, a search ends within its budget with finite numbers and a picture. */
@Tag("many-curves")
class AnyCurveTest {

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySearchEndsWithFiniteNumbers(long seed) {
        Random random = new Random(seed);
        SearchPlan plan = plan(random);
        double wildness = random.nextDouble();
        double scale = StrictMath.pow(10, random.nextInt(600) - 300);
        double height = random.nextInt(3) - 1;

        Simulation search = Simulation.run(plan, rate -> outcome(rate, seed, wildness, scale, height));
        Answer answer = search.answer();

        assertThat(search.trials()).hasSizeLessThanOrEqualTo(plan.budget().probes());
        assertThat(search.trials())
                .extracting(trial -> List.of(
                        trial.probe().learningRate(),
                        trial.probe().seed(),
                        trial.probe().steps()))
                .doesNotHaveDuplicates();
        assertThat(numbers(answer)).allMatch(Double::isFinite);
        assertThat(answer.recommendedLearningRate() != null)
                .isEqualTo(answer.state() == SearchState.FOUND || answer.state() == SearchState.BUDGET_SPENT);
        if (answer.state() != SearchState.FOUND && answer.state() != SearchState.FAILED) {
            assertThat(answer.warnings()).as(answer.toString()).isNotEmpty();
        }
        Finding finding = answer.finding(null, "any", null, null, null);
        assertThat(CurveSvg.draw(finding)).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(CurveText.draw(finding, 80, 20)).isNotBlank();
    }

    private static SearchPlan plan(Random random) {
        SearchPlan.Refinement refinement =
                random.nextBoolean() ? SearchPlan.Refinement.ADAPTIVE : SearchPlan.Refinement.PAPER;
        SearchPlan.Reading reading = random.nextBoolean() ? SearchPlan.Reading.RELATIVE : SearchPlan.Reading.PAPER;
        double from = StrictMath.pow(10, -10 + 6 * random.nextDouble());
        SearchPlan wide = new SearchPlan(
                from,
                from * StrictMath.pow(10, 1 + 6 * random.nextDouble()),
                0.2 + 0.5 * random.nextDouble(),
                0.01 + 0.2 * random.nextDouble(),
                new SearchPlan.Budget(1),
                refinement,
                reading,
                false);
        int budget = StepSampling.smallestBudget(wide) + random.nextInt(50);
        return new SearchPlan(
                wide.from(),
                wide.to(),
                wide.stepDecades(),
                wide.thresholdDecades(),
                new SearchPlan.Budget(budget),
                refinement,
                reading,
                false);
    }

    private static Outcome outcome(double rate, long seed, double wildness, double scale, double height) {
        Random random = new Random(Double.hashCode(rate) + 31 * seed);
        if (rate > 0 && random.nextDouble() < 0.3 * wildness) {
            return random.nextDouble() < 0.8
                    ? new Outcome.Diverged(1 + random.nextInt(20), List.of())
                    : Landscape.failed(Outcome.Code.CRASHED);
        }
        Outcome smooth = Landscape.random(seed, wildness).apply(rate);
        double loss = smooth instanceof Outcome.Measured measured ? measured.loss() : Double.MAX_VALUE;
        double scaled = (loss + 10 * height) * scale;
        return Landscape.measured(Double.isFinite(scaled) ? scaled : Double.MAX_VALUE);
    }

    private static List<Double> numbers(Answer answer) {
        Finding.Window window = answer.window();
        Finding.Confirmation confirmed = answer.confirmed();
        return Stream.of(
                        Stream.of(answer.baselineLoss(), answer.recommendedLearningRate()),
                        window == null
                                ? Stream.<Double>of()
                                : Stream.of(window.minLearningRate(), window.maxLearningRate()),
                        confirmed == null ? Stream.<Double>of() : Stream.of(confirmed.loss()),
                        answer.selections().stream().map(Finding.Selection::learningRate),
                        answer.pointsOfInterest().stream().flatMap(AnyCurveTest::numbers),
                        answer.points().stream().map(Finding.Point::loss))
                .flatMap(numbers -> numbers)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Double> numbers(PointOfInterest point) {
        return Stream.of(point.learningRate(), point.lower(), point.upper());
    }
}
