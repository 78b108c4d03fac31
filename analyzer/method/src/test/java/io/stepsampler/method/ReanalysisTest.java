package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.OtherPoint;
import io.stepsampler.messages.Finding.OtherReading;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchPlan.Reading;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.CurveCsv.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finished searches that are read again. */
class ReanalysisTest {

    private static final AnalysisSettings DEFAULT = AnalysisSettings.DEFAULT;

    private static final Example TYPICAL = new Example(
            "typical",
            Simulation.settings(Simulation.PLAN, 0, false),
            probe -> Landscape.TYPICAL.apply(probe.learningRate()));

    /** A search and how its trials end. */
    record Example(String name, Settings settings, Function<PlannedProbe, Outcome> training) {

        Simulation run() {
            return Simulation.runProbes(settings, training, 0);
        }

        AnalysisSettings analysis() {
            double momentum = ((Optimizer.Sgd) settings.optimizer()).momentum();
            return new AnalysisSettings(0.05, momentum, null, Reading.RELATIVE, null);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** They end in different ways and from different kinds of probes. */
    static List<Example> examples() {
        return List.of(
                TYPICAL,
                new Example("with momentum", Simulation.settings(Simulation.PLAN, 0.9, false), TYPICAL.training()),
                new Example(
                        "lengthened",
                        Simulation.settings(Simulation.PLAN, 0, true),
                        probe -> probe.steps() > 20 && probe.learningRate() > 3e-4
                                ? Landscape.measured(5)
                                : Landscape.TYPICAL.apply(probe.learningRate())),
                new Example(
                        "with a longer grid",
                        Simulation.settings(Simulation.PLAN, 0, true),
                        probe -> probe.steps() < 40
                                ? Landscape.measured(0.7)
                                : Landscape.TYPICAL.apply(probe.learningRate())),
                new Example("with repeats", Simulation.settings(repeats(), 0, false), Landscape::noisy),
                new Example(
                        "without learning",
                        Simulation.settings(Simulation.PLAN, 0, false),
                        probe -> Landscape.measured(0.7)));
    }

    private static SearchPlan repeats() {
        return new SearchPlan(
                1e-7,
                10,
                0.5,
                0.05,
                new SearchPlan.Budget(120),
                SearchPlan.Refinement.ADAPTIVE,
                Reading.RELATIVE,
                false,
                3);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void withItsOwnSettingsASearchGivesItsFindingAgain(Example example) {
        Simulation search = example.run();

        assertThat(Reanalysis.of(example.settings(), finding(search), DEFAULT)).isEqualTo(search.answer());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theCurveOfASearchGivesItsFindingAgain(Example example) {
        Simulation search = example.run();
        String csv = CurveCsv.write(finding(search));
        MeasuredCurve curve = ((Result.Read) CurveCsv.read(csv)).curve();

        assertThat(CurveAnalysis.analyze(curve, example.analysis()))
                .usingRecursiveComparison()
                .ignoringFields("points")
                .isEqualTo(search.answer());
    }

    @Test
    void aFinerThresholdNamesWhatTheRatesLeaveOpen() {
        Simulation search = TYPICAL.run();
        Answer answer = Reanalysis.of(
                search.settings(), finding(search), new AnalysisSettings(0.01, null, null, Reading.RELATIVE, null));

        assertThat(answer.state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(codes(answer)).containsExactly("TOO_COARSE");
        assertThat(answer.recommendedLearningRate()).isEqualTo(search.answer().recommendedLearningRate());
    }

    @Test
    void thePapersReadingIsShownBesideAndReadWhenAskedFor() {
        Simulation search = TYPICAL.run();
        Answer paper = Reanalysis.of(
                search.settings(), finding(search), new AnalysisSettings(0.05, null, null, Reading.PAPER, null));
        OtherReading beside = Objects.requireNonNull(search.answer().otherReading());
        OtherReading back = Objects.requireNonNull(paper.otherReading());

        assertThat(beside.reading()).isEqualTo(Reading.PAPER);
        assertThat(back.reading()).isEqualTo(Reading.RELATIVE);
        assertThat(beside.points())
                .extracting(OtherPoint::name)
                .containsExactly("knee", "half-loss", "steepest", "maximum", "log-midpoint");
        Map<String, Double> read =
                paper.selections().stream().collect(Collectors.toMap(Selection::method, Selection::learningRate));
        for (OtherPoint point : beside.points()) {
            if (!point.name().equals("knee") && !point.name().equals("maximum")) {
                assertThat(read).containsEntry(point.name(), point.learningRate());
            }
        }
        for (int index = 0; index < beside.points().size(); index++) {
            assertThat(beside.points().get(index).decades())
                    .isEqualTo(-back.points().get(index).decades());
        }
        assertThat(beside.points().get(0).decades()).isNotZero();
        assertThat(paper.reason()).isEqualTo("the rate of log-midpoint");
    }

    @Test
    void anotherMethodsRateIsRecommendedWhenAskedFor() {
        Simulation search = TYPICAL.run();
        for (Selection selection : search.answer().selections()) {
            Answer answer = by(selection.method(), search);

            assertThat(answer.recommendedLearningRate()).isEqualTo(selection.learningRate());
            assertThat(answer.reason()).isEqualTo("the rate of " + selection.method());
            assertThat(AnalysisSettings.METHODS).contains(selection.method());
        }
    }

    @Test
    void aMethodThatGivesNoRateRecommendsNone() {
        Answer answer = by("slide", TYPICAL.run());

        assertThat(answer.state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(answer.warnings())
                .extracting(Warning::text)
                .containsExactly("The method slide gives no rate on this curve, so that none is recommended. Ask for"
                        + " another one.");
    }

    private static Answer by(String method, Simulation search) {
        return Reanalysis.of(
                search.settings(), finding(search), new AnalysisSettings(0.05, null, null, Reading.RELATIVE, method));
    }

    @Test
    void whatThePointsDoNotTellIsKept() {
        Simulation search = Simulation.run(
                Simulation.settings(Simulation.PLAN, 0, false),
                rate -> rate == 1e-5 ? Landscape.failed(Outcome.Code.OUT_OF_MEMORY) : Landscape.TYPICAL.apply(rate),
                0);
        Answer withDoubts = search.answer()
                .with(List.of(
                        new Warning("MODE_BAKED_IN", "Dropout never acts."),
                        new Warning("ANSWER_MOVES", "It moved."),
                        new Warning("TOO_NOISY", "What is read anew goes.")));
        Finding stored = withDoubts.finding(null, null, null, null, null);

        Answer answer = Reanalysis.of(search.settings(), stored, DEFAULT);

        assertThat(codes(answer)).containsExactly("POINT_MISSING", "MODE_BAKED_IN", "ANSWER_MOVES");
        assertThat(answer.warnings().get(0).text()).contains("it failed (OUT_OF_MEMORY)");
        assertThat(CurveCsv.write(stored)).contains("1.0E-5,failed,17,20,1,grid\n");
        Answer fromCurve = CurveAnalysis.analyze(
                ((Result.Read) CurveCsv.read(CurveCsv.write(stored))).curve(), TYPICAL.analysis());
        assertThat(fromCurve.warnings())
                .extracting(Warning::text)
                .singleElement()
                .asString()
                .startsWith("There is no loss at 1e-5, where the trial failed.");
    }

    @Test
    void theSweepOfASearchIsKept() {
        SearchPlan plan = new SearchPlan(
                1e-7, 10, 0.5, 0.05, new SearchPlan.Budget(64), SearchPlan.Refinement.ADAPTIVE, Reading.RELATIVE, true);
        List<Double> fall =
                IntStream.range(0, 100).mapToObj(step -> 1 - 0.005 * step).toList();
        Simulation search = Simulation.runProbes(
                Simulation.settings(plan, 0, false),
                probe -> probe.purpose() == PlannedProbe.Purpose.SWEEP
                        ? new Outcome.Measured(0.5, fall)
                        : Landscape.TYPICAL.apply(probe.learningRate()),
                0);

        assertThat(search.answer().sweep()).isNotNull();
        assertThat(Reanalysis.of(search.settings(), finding(search), DEFAULT)).isEqualTo(search.answer());
    }

    private static Finding finding(Simulation search) {
        return search.answer().finding(null, null, null, null, null);
    }

    private static List<String> codes(Answer answer) {
        return answer.warnings().stream().map(Warning::code).toList();
    }
}
