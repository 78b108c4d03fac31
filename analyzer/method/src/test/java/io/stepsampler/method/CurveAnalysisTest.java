package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan.Reading;
import io.stepsampler.messages.SearchState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurveAnalysisTest {

    @Test
    void aCoarseCurveGivesARecommendationAndSaysHowCoarse() {
        Answer answer = analyze(rows(null, null, true, 0));

        assertThat(answer.state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(codes(answer)).containsExactly("TOO_COARSE");
        assertThat(answer.recommendedLearningRate()).isBetween(1.5e-4, 2.7e-4);
        assertThat(answer.points()).hasSize(18);
    }

    @Test
    void aCurveThatIsFineEnoughIsFound() {
        AnalysisSettings wide = new AnalysisSettings(0.5, null, null, Reading.RELATIVE, null);

        assertThat(CurveAnalysis.analyze(new MeasuredCurve(rows(null, null, true, 0), List.of(), List.of()), wide)
                        .state())
                .isEqualTo(SearchState.FOUND);
    }

    @Test
    void withoutABaselineTheLowestRateStandsForIt() {
        Answer answer = analyze(rows(null, null, false, 0));

        assertThat(codes(answer)).contains("NO_BASELINE");
        assertThat(answer.baselineLoss()).isCloseTo(0.7, within(1e-4));
    }

    @Test
    void theLossAtStepZeroIsABaseline() {
        List<CurveRow> rows = new ArrayList<>(rows(null, 20, false, 0));
        rows.add(new CurveRow(LearningRate.of(1e-3), 0.71, null, 0));

        assertThat(analyze(rows).baselineLoss()).isEqualTo(0.71);
        assertThat(codes(analyze(rows))).doesNotContain("NO_BASELINE");
    }

    @Test
    void theCurveIsReadAtTheLargestStepThatEveryRateHas() {
        List<CurveRow> rows = new ArrayList<>(rows(null, 20, true, 0));
        rows.addAll(rows(null, 40, true, 0.1));
        rows.add(new CurveRow(LearningRate.of(1e-3), 0.1, null, 60));

        assertThat(analyze(rows).baselineLoss()).isCloseTo(0.8, within(1e-12));
        AnalysisSettings atTwenty = new AnalysisSettings(0.05, null, 20, Reading.RELATIVE, null);
        assertThat(CurveAnalysis.analyze(new MeasuredCurve(rows, List.of(), List.of()), atTwenty)
                        .baselineLoss())
                .isEqualTo(0.7);
    }

    @Test
    void aRateThatDivergedEarlierIsDivergedAtALaterStep() {
        List<CurveRow> rows = rows(null, 20, true, 0).stream()
                .map(row -> row.loss() == null ? new CurveRow(row.rate(), null, null, 3) : row)
                .toList();

        assertThat(analyze(rows).recommendedLearningRate()).isNotNull();
        assertThat(analyze(rows).points()).hasSize(18);
    }

    @Test
    void aSeedThatWasRunAtAFewRatesDoesNotBendTheCurve() {
        List<CurveRow> rows = new ArrayList<>(rows(1L, null, true, 0));
        rows(2L, null, true, 0.05).stream()
                .filter(row -> row.rate().isBaseline() || row.rate().value() == 1e-3)
                .forEach(rows::add);

        Answer with = analyze(rows);
        Answer without = analyze(rows(1L, null, true, 0));
        assertThat(with.selections()).hasSameSizeAs(without.selections());
        for (int index = 0; index < with.selections().size(); index++) {
            assertThat(with.selections().get(index).learningRate())
                    .isCloseTo(without.selections().get(index).learningRate(), withinPercentage(0.1));
        }
    }

    @Test
    void aSingleLossIsToldInTheSingular() {
        assertThat(analyze(rows(null, null, true, 0).subList(0, 2)).warnings())
                .anySatisfy(warning -> assertThat(warning.text()).startsWith("Only 1 learning rate has a loss, and"));
        assertThat(analyze(rows(null, null, true, 0).subList(0, 3)).warnings())
                .anySatisfy(warning -> assertThat(warning.text()).startsWith("Only 2 learning rates have a loss, and"));
    }

    @Test
    void fewerThanFiveLossesAreUnreliable() {
        List<CurveRow> four = rows(null, null, true, 0).subList(0, 5);

        assertThat(analyze(four).state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(codes(analyze(four))).contains("FEW_POINTS");
        assertThat(analyze(List.of(new CurveRow(LearningRate.of(1), null, null, null)))
                        .state())
                .isEqualTo(SearchState.UNRELIABLE);
    }

    @Test
    void aMinimumOnTheEdgeIsUnreliable() {
        List<CurveRow> falling = rows(null, null, true, 0).stream()
                .filter(row -> row.rate().value() < 2e-3)
                .toList();

        assertThat(analyze(falling).state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(analyze(falling).recommendedLearningRate()).isNull();
        assertThat(codes(analyze(falling))).containsExactly("MINIMUM_ON_EDGE");
    }

    @Test
    void theHorizonIsJudgedWhereMomentumAndStepsAreKnown() {
        MeasuredCurve curve = new MeasuredCurve(rows(null, 20, true, 0), List.of(), List.of());

        assertThat(codes(CurveAnalysis.analyze(curve, new AnalysisSettings(0.05, 0.99, null, Reading.RELATIVE, null))))
                .contains("HORIZON_TOO_SHORT");
        assertThat(codes(CurveAnalysis.analyze(curve, new AnalysisSettings(0.05, 0.95, null, Reading.RELATIVE, null))))
                .doesNotContain("HORIZON_TOO_SHORT");
    }

    private static Answer analyze(List<CurveRow> rows) {
        return CurveAnalysis.analyze(new MeasuredCurve(rows, List.of(), List.of()), AnalysisSettings.DEFAULT);
    }

    private static List<String> codes(Answer answer) {
        return answer.warnings().stream().map(Warning::code).toList();
    }

    private static List<CurveRow> rows(@Nullable Long seed, @Nullable Integer step, boolean baseline, double offset) {
        Stream<LearningRate> rates = new CoarseGrid(Simulation.PLAN).rates().stream();
        return (baseline ? Stream.concat(Stream.of(LearningRate.BASELINE), rates) : rates)
                .map(rate -> Landscape.TYPICAL.apply(rate.value()) instanceof Outcome.Measured measured
                        ? new CurveRow(rate, measured.loss() + offset, seed, step)
                        : new CurveRow(rate, null, seed, step))
                .toList();
    }
}
