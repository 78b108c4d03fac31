package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan.Reading;
import io.stepsampler.method.CurveCsv.Result;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finished searches that are read again as they were. */
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
                new Example(
                        "with repeats",
                        Simulation.settings(Simulation.repeated(3, 120, false), 0, false),
                        Landscape::noisy),
                new Example(
                        "without learning",
                        Simulation.settings(Simulation.PLAN, 0, false),
                        probe -> Landscape.measured(0.7)));
    }

    @Test
    void aPointThatWasTakenOverIsMarkedInTheFindingAndInWhatIsReadOfIt() {
        List<Trial> measured = TYPICAL.run().trials();
        List<Trial> takenOver = measured.stream()
                .map(trial ->
                        new Trial(trial.probe(), trial.outcome(), trial.probe().round() == 1))
                .toList();
        Finding finding =
                StepSampling.decide(TYPICAL.settings(), takenOver).answer().finding(null, null, null, null, null);

        assertThat(finding.points())
                .allSatisfy(point -> assertThat(point.reused()).isEqualTo(point.round() == 1 ? true : null));
        assertThat(Reanalysis.of(TYPICAL.settings(), finding, TYPICAL.analysis())
                        .points())
                .isEqualTo(finding.points());
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
        List<Double> fall =
                IntStream.range(0, 100).mapToObj(step -> 1 - 0.005 * step).toList();
        Simulation search = Simulation.runProbes(
                Simulation.settings(Simulation.repeated(1, 64, true), 0, false),
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
