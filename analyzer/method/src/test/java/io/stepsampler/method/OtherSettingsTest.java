package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.OtherPoint;
import io.stepsampler.messages.Finding.OtherReading;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.SearchPlan.Reading;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A finished search that is read again with another threshold, reading or method. */
class OtherSettingsTest {

    @Test
    void aFinerThresholdNamesWhatTheRatesLeaveOpen() {
        Simulation search = typical();
        Answer answer = Reanalysis.of(
                search.settings(), finding(search), new AnalysisSettings(0.01, null, null, Reading.RELATIVE, null));

        assertThat(answer.state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(codes(answer)).containsExactly("TOO_COARSE");
        assertThat(answer.recommendedLearningRate()).isEqualTo(search.answer().recommendedLearningRate());
    }

    @Test
    void thePapersReadingIsShownBesideAndReadWhenAskedFor() {
        Simulation search = typical();
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
        Simulation search = typical();
        for (Selection selection : search.answer().selections()) {
            Answer answer = by(selection.method(), search);

            assertThat(answer.recommendedLearningRate()).isEqualTo(selection.learningRate());
            assertThat(answer.reason()).isEqualTo("the rate of " + selection.method());
            assertThat(AnalysisSettings.METHODS).contains(selection.method());
        }
    }

    @Test
    void aMethodThatGivesNoRateRecommendsNone() {
        Answer answer = by("slide", typical());

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

    private static Simulation typical() {
        return Simulation.run(Simulation.settings(Simulation.PLAN, 0, false), Landscape.TYPICAL, 0);
    }

    private static Finding finding(Simulation search) {
        return search.answer().finding(null, null, null, null, null);
    }

    private static List<String> codes(Answer answer) {
        return answer.warnings().stream().map(Warning::code).toList();
    }
}
