package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches as they were last approved: every probe, the answer and its pictures. What changes here changes for users, and
 * {@link StepSampling#VERSION} with it. {@code -Dstepsampler.approve=true} writes the files anew, to be read before they
 * are kept.
 */
class ApprovedSearchesTest {

    private static final Path SOURCES = Path.of("src/test/resources/io/stepsampler/method/approved");

    /** A search and how its trials end. */
    record Example(String name, Settings settings, Function<PlannedProbe, Outcome> training) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        SearchPlan plan = Simulation.PLAN;
        return List.of(
                example("typical", plan, Landscape.TYPICAL),
                example("narrow", plan, new Landscape(2.3, 1.9, -3.3, 0.2, -2.1, -1, 0, 1)),
                example("wide", plan, new Landscape(2.3, 1.9, -4.6, 0.6, -2.7, -1, 0, 1)),
                example("noisy", plan, new Landscape(0.7, 0.05, -4, 0.3, -2.7, -0.5, 0.05, 3)),
                example("never-rising", plan, new Landscape(0.7, 0.05, -1, 0.3, 5, 6, 0, 1)),
                example("falling-early", plan, new Landscape(0.7, 0.05, -7, 0.3, -5.7, -4, 0, 1)),
                example("nothing-learned", plan, rate -> Landscape.measured(0.7)),
                example("two-valleys", plan, ApprovedSearchesTest::twoValleys),
                example(
                        "with-a-missing-point",
                        plan,
                        rate -> rate == 1e-3 ? Landscape.failed(Outcome.Code.DEADLINE) : Landscape.TYPICAL.apply(rate)),
                example(
                        "paper-plan",
                        Simulation.plan(80, SearchPlan.Refinement.PAPER, SearchPlan.Reading.RELATIVE),
                        Landscape.TYPICAL),
                example(
                        "paper-reading",
                        Simulation.plan(80, SearchPlan.Refinement.PAPER, SearchPlan.Reading.PAPER),
                        Landscape.TYPICAL),
                example(
                        "paper-reading-alone",
                        Simulation.plan(80, SearchPlan.Refinement.ADAPTIVE, SearchPlan.Reading.PAPER),
                        Landscape.TYPICAL),
                example("exploding", plan, Landscape.EXPLODING),
                example("small-budget", Simulation.plan(1e-7, 10, 21), Landscape.random(5 * 7919, 0)),
                new Example(
                        "with-momentum-0.99",
                        Simulation.settings(plan, 0.99, true),
                        ApprovedSearchesTest::unstableLater),
                new Example(
                        "learning-late",
                        Simulation.settings(plan, 0, true),
                        probe -> probe.steps() < 40
                                ? Landscape.measured(0.7)
                                : Landscape.TYPICAL.apply(probe.learningRate())),
                new Example(
                        "with-repeats-and-a-sweep",
                        Simulation.settings(Simulation.repeated(3, 120, true), 0, false),
                        probe -> noisy(probe)));
    }

    private static Example example(String name, SearchPlan plan, DoubleFunction<Outcome> training) {
        return new Example(name, Simulation.settings(plan, 0, false), probe -> training.apply(probe.learningRate()));
    }

    private static Outcome twoValleys(double rate) {
        double x = rate == 0 ? -20 : StrictMath.log10(rate);
        double first = StrictMath.exp(-4 * (x + 4.5) * (x + 4.5));
        double second = StrictMath.exp(-4 * (x + 1.5) * (x + 1.5));
        return Landscape.measured(1 - 0.6 * first - 0.7 * second);
    }

    private static Outcome unstableLater(PlannedProbe probe) {
        double limit = 1e-2 * StrictMath.pow(20.0 / probe.steps(), 0.7);
        return probe.learningRate() > limit ? Landscape.diverged() : Landscape.TYPICAL.apply(probe.learningRate());
    }

    private static Outcome noisy(PlannedProbe probe) {
        if (probe.purpose() == Purpose.SWEEP) {
            return new Outcome.Measured(
                    0.66,
                    IntStream.range(0, 100)
                            .mapToObj(step -> 0.7
                                    - 0.05 / (1 + StrictMath.exp((45 - step) / 6.0))
                                    + StrictMath.exp((step - 110) / 4.0))
                            .toList());
        }
        return Landscape.noisy(probe);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aSearchIsAsItWasApproved(Example example) throws IOException {
        Simulation search = Simulation.runProbes(example.settings(), example.training(), 0);
        Finding finding = search.answer().finding(null, example.name(), null, null, null);

        compare(example.name() + ".txt", text(search, finding));
        compare(example.name() + ".svg", CurveSvg.draw(finding));
    }

    private static String text(Simulation search, Finding finding) {
        StringBuilder text = new StringBuilder();
        search.trials().stream()
                .collect(Collectors.groupingBy(
                        trial -> trial.probe().round(),
                        TreeMap::new,
                        Collectors.mapping(ApprovedSearchesTest::described, Collectors.toList())))
                .forEach((round, probes) -> text.append("round ")
                        .append(round)
                        .append(": ")
                        .append(probes.stream().sorted().collect(Collectors.joining(", ")))
                        .append('\n'));
        line(text, "state", finding.state());
        line(text, "recommended", finding.recommendedLearningRate());
        line(text, "reason", finding.reason());
        line(text, "confirmed", finding.confirmed());
        line(text, "window", finding.window());
        finding.selections().forEach(selection -> line(text, "selection", selection));
        finding.pointsOfInterest().forEach(point -> line(text, "point", point));
        line(text, "beside", finding.otherReading());
        finding.warnings().forEach(warning -> line(text, "warning", warning));
        return text + "\n" + CurveText.draw(finding, 100, 20) + "\n" + ScheduleLines.of(finding);
    }

    private static void line(StringBuilder text, String name, @Nullable Object value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String described(Trial trial) {
        PlannedProbe probe = trial.probe();
        return probe.purpose() + " " + probe.learningRate() + " seed " + probe.seed() + " steps " + probe.steps();
    }

    private static void compare(String name, String actual) throws IOException {
        if (Boolean.getBoolean("stepsampler.approve")) {
            Files.createDirectories(SOURCES);
            Files.writeString(SOURCES.resolve(name), actual);
            return;
        }
        try (InputStream approved = ApprovedSearchesTest.class.getResourceAsStream("approved/" + name)) {
            if (approved == null) {
                throw new AssertionError(name + " was never approved");
            }
            assertThat(actual).isEqualTo(new String(approved.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
