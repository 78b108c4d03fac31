package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches and curves whose losses of every step are known. */
class HalfwayTest {

    private static final int STEPS = 20;

    /** Training to a step: the typical landscape up to a rate, far above the baseline beyond it. */
    private interface Limit {

        /** The highest rate that is stable for so many steps. */
        double after(int step);
    }

    private static double loss(double rate, int step, Limit limit) {
        Outcome.Measured typical = (Outcome.Measured) Landscape.TYPICAL.apply(Math.min(rate, 1e-3));
        return rate > limit.after(step) ? 0.9 : typical.loss();
    }

    private static Outcome train(double rate, int steps, Limit limit) {
        List<Double> losses = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            losses.add(loss(rate, step, limit));
        }
        return new Outcome.Measured(loss(rate, steps, limit), losses);
    }

    private static List<Warning> moves(Answer answer) {
        return answer.warnings().stream()
                .filter(warning -> warning.code().equals("ANSWER_MOVES"))
                .toList();
    }

    private static Answer search(int steps, Limit limit) {
        Settings settings = new Settings(Simulation.PLAN, new Optimizer.Sgd(0, 0, 0, false), steps, false, 17);
        return Simulation.run(settings, rate -> train(rate, steps, limit), 0).answer();
    }

    @ParameterizedTest
    @CsvSource({"1e-1, 1e-2, down", "1e-2, 1e-1, up"})
    void aFloorThatEndedElsewhereHalfwayIsNamed(double before, double after, String direction) {
        Answer answer = search(STEPS, step -> step <= 10 ? before : after);

        assertThat(moves(answer))
                .extracting(Warning::text)
                .singleElement()
                .asString()
                .matches(
                        "The recommended rate still moves with the number of steps: 0\\.[3-6][0-9] decades " + direction
                                + " when the longest trials went from 10 to 20 steps\\. More steps show where it ends\\.");
    }

    @Test
    void aFloorThatEndedAtTheSameRateIsNot() {
        assertThat(moves(search(STEPS, step -> 1e-2))).isEmpty();
    }

    @Test
    void aMoveWithinTwiceTheThresholdIsNot() {
        assertThat(moves(search(STEPS, step -> step <= 10 ? 1.2e-2 : 1e-2))).isEmpty();
    }

    @Test
    void aFewStepsHaveNoHalfToLookAt() {
        assertThat(moves(search(7, step -> step <= 3 ? 1e-1 : 1e-2))).isEmpty();
        assertThat(moves(search(8, step -> step <= 4 ? 1e-1 : 1e-2))).hasSize(1);
    }

    @Test
    void whereNothingWasLearnedHalfwayNothingIsSaid() {
        Settings settings = new Settings(Simulation.PLAN, new Optimizer.Sgd(0, 0, 0, false), STEPS, false, 17);
        Answer answer = Simulation.run(
                        settings,
                        rate -> {
                            Outcome.Measured late = (Outcome.Measured) train(rate, STEPS, step -> 1e-2);
                            List<Double> losses = new ArrayList<>(late.stepLosses());
                            losses.subList(0, 10).replaceAll(loss -> 0.7);
                            return new Outcome.Measured(late.loss(), losses);
                        },
                        0)
                .answer();

        assertThat(moves(answer)).isEmpty();
        assertThat(answer.recommendedLearningRate()).isNotNull();
    }

    @Test
    void aTrialThatDivergedSinceBoundsTheFloor() {
        Settings settings = new Settings(Simulation.PLAN, new Optimizer.Sgd(0, 0, 0, false), STEPS, false, 17);
        Answer answer = Simulation.run(
                        settings,
                        rate -> {
                            Outcome.Measured stable = (Outcome.Measured) train(rate, STEPS, step -> 1);
                            return rate > 3e-3
                                    ? new Outcome.Diverged(
                                            15, stable.stepLosses().subList(0, 14))
                                    : stable;
                        },
                        0)
                .answer();

        assertThat(moves(answer))
                .extracting(Warning::text)
                .singleElement()
                .asString()
                .contains("decades down");
    }

    @Test
    void aCurveWithStepsIsLookedAtTheSameWay() {
        StringBuilder csv = new StringBuilder("learning_rate,loss,step\n");
        for (int half = -14; half <= 0; half++) {
            double rate = StrictMath.pow(10, half / 2.0);
            for (int step = 0; step <= 40; step++) {
                double loss = step == 0 ? 0.7 : loss(rate, step, known -> known <= 10 ? 1 : 1e-2);
                csv.append(rate)
                        .append(',')
                        .append(loss)
                        .append(',')
                        .append(step)
                        .append('\n');
            }
        }
        MeasuredCurve curve = ((CurveCsv.Result.Read) CurveCsv.read(csv.toString())).curve();

        assertThat(moves(CurveAnalysis.analyze(curve, after(20)))).hasSize(1);
        assertThat(moves(CurveAnalysis.analyze(curve, after(40)))).isEmpty();
    }

    private static AnalysisSettings after(int steps) {
        AnalysisSettings known = AnalysisSettings.DEFAULT;
        return new AnalysisSettings(known.thresholdDecades(), null, steps, known.reading(), null);
    }

    @Test
    void theLossOfAStepIsTheMeanOfTheLastQuarter() {
        Trajectory trajectory = Trajectory.of(new Outcome.Measured(0, List.of(8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0)))
                .orElseThrow();

        assertThat(trajectory.lossAt(8)).contains(1.5);
        assertThat(trajectory.lossAt(4)).contains(5.0);
        assertThat(trajectory.lossAt(3)).contains(6.0);
        assertThat(trajectory.lossAt(9)).isEmpty();
        assertThat(trajectory.lossOf(8)).contains(1.0);
        assertThat(trajectory.lossOf(9)).isEmpty();
    }

    @Test
    void fromTheStepWhereItDivergedATrialHasNoLoss() {
        Trajectory trajectory =
                Trajectory.of(new Outcome.Diverged(3, List.of(1.0, 2.0))).orElseThrow();

        assertThat(trajectory.lossAt(2)).isEqualTo(Optional.of(2.0));
        assertThat(trajectory.lossAt(3)).isEmpty();
        assertThat(trajectory.lossOf(3)).isEmpty();
        assertThat(trajectory.hasDivergedBy(2)).isFalse();
        assertThat(Trajectory.of(new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it failed")))
                .isEmpty();
    }
}
