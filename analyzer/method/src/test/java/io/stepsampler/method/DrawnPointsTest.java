package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.method.CurveCsv.Result;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DrawnPointsTest {

    private final Simulation search = Simulation.runProbes(
            new Settings(Simulation.PLAN, new Optimizer.Sgd(0, 0, 0, false), 20, true, 17),
            probe -> probe.steps() > 20 ? Landscape.measured(0.1) : Landscape.TYPICAL.apply(probe.learningRate()),
            0);
    private final Finding finding = search.answer().finding(null, null, null, null, null);

    @Test
    void longerTrialsAreNotDrawnIntoTheCurve() {
        assertThat(finding.points()).extracting(Point::steps).contains(20, 40);
        assertThat(DrawnPoints.of(finding)).extracting(Point::steps).containsOnly(20);
        assertThat(DrawnPoints.of(finding))
                .filteredOn(point -> point.learningRate() == 0)
                .hasSize(1);
    }

    @Test
    void theirCurveReadBackHasTheSameWindow() {
        Result.Read read = (Result.Read) CurveCsv.read(CurveCsv.write(finding));
        Answer analyzed = CurveAnalysis.analyze(read.curve(), AnalysisSettings.DEFAULT);

        assertThat(analyzed.window()).isEqualTo(Objects.requireNonNull(finding.window()));
        assertThat(analyzed.pointsOfInterest()).isEqualTo(finding.pointsOfInterest());
    }
}
