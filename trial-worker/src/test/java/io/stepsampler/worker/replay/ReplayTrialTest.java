package io.stepsampler.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTrialTest {

    private static final String CURVE = "loss,learning_rate,note\n0.7,0,\n0.6,1e-4,\n0.4,1e-2,x\nnan,1,\n";

    @TempDir
    private Path folder;

    @Test
    void betweenRowsTheLossIsLinearInTheLogarithmOfTheRate() throws Exception {
        assertThat(loss(CURVE, 1e-3)).isCloseTo(0.5, within(1e-12));
        assertThat(loss(CURVE, 1e-4)).isEqualTo(0.6);
    }

    @Test
    void beyondItsEndsTheCurveIsFlat() throws Exception {
        assertThat(loss(CURVE, 1e-9)).isEqualTo(0.6);
        assertThat(loss("learning_rate,loss\n1e-4,0.6\n", 10)).isEqualTo(0.6);
    }

    @Test
    void rateZeroIsTheRowAtZeroElseTheSmallestRates() throws Exception {
        assertThat(loss(CURVE, 0)).isEqualTo(0.7);
        assertThat(loss("learning_rate,loss\n1e-4,0.6\n1e-5,0.65\n", 0)).isEqualTo(0.65);
    }

    @Test
    void aDivergedNeighbourMakesATrialDiverge() throws Exception {
        assertThat(run(CURVE, 0.1)).isEqualTo(new Diverged(1, List.of()));
        assertThat(run(CURVE, 100)).isEqualTo(new Diverged(1, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            learning_rate,loss;1e-4,secret           | 2
            secret                                   | 1
            learning_rate,loss;1e-4,0.5;secret,0.5   | 3
            learning_rate,loss,seed;1e-4,0.5,secret  | 2
            """)
    void aFileThatIsNoCurveIsRefusedByItsLineAndNotQuoted(String lines, int line) {
        assertThatThrownBy(() -> run(lines.replace(';', '\n'), 1))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + folder.resolve("curve.csv")
                        + ": it must be a CSV: the line learning_rate,loss[,seed][,step], then lines of such numbers,"
                        + " each once; line " + line + " is neither");
    }

    @Test
    void ofSeveralStepsTheSearchsOwnIsTaken() throws Exception {
        String curve = "learning_rate,loss,step\n1e-4,0.9,10\n1e-4,0.8,20\n1e-4,0.7,30\n";

        assertThat(loss(curve, 1e-4)).isEqualTo(0.8);
    }

    @Test
    void theLossOfAStepIsThatOfTheStepBeforeInTheFile() throws Exception {
        StringBuilder curve = new StringBuilder("learning_rate,loss,step\n");
        for (int step = 0; step <= 20; step++) {
            curve.append("1e-4,")
                    .append(1 - 0.001 * step * step)
                    .append(',')
                    .append(step)
                    .append('\n');
            curve.append("1e-2,")
                    .append(step < 8 ? "0.5" : "nan")
                    .append(',')
                    .append(step)
                    .append('\n');
        }
        Measured low = (Measured) run(curve.toString(), 1e-4);
        Measured baseline = (Measured) run(curve.toString(), 0);

        assertThat(low.loss()).isEqualTo(1 - 0.001 * 400);
        assertThat(low.stepLosses()).hasSize(20).startsWith(1.0, 0.999).endsWith(1 - 0.001 * 19 * 19);
        assertThat(baseline.loss()).isEqualTo(1.0);
        assertThat(run(curve.toString(), 1e-2))
                .isEqualTo(new Diverged(8, Collections.nCopies(8, 0.5).subList(0, 7)));
    }

    @Test
    void withoutStepsTheWayIsStraightFromTheBaseline() throws Exception {
        Measured trial = (Measured) run(CURVE, 1e-4);

        assertThat(trial.stepLosses()).hasSize(20).startsWith(0.7, 0.7 - 0.1 / 20);
    }

    private double loss(String curve, double rate) throws IOException, Refusal {
        return ((Measured) run(curve, rate)).loss();
    }

    private Outcome run(String curve, double rate) throws IOException, Refusal {
        Path file = Files.writeString(folder.resolve("curve.csv"), curve);
        CheckpointFile checkpoint =
                CheckpointFile.read(new Checkpoint.Stored(file.toString()), null, new Locations(List.of(Path.of("/"))));
        return new Replays().of(checkpoint, 20).run(step -> rate);
    }
}
