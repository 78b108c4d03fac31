package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.method.CurveCsv.Result;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurveCsvTest {

    @Test
    void columnsAreReadByNameInAnyOrder() {
        MeasuredCurve curve = read("note,loss, Learning_Rate ,step,seed", "x,0.5,1e-3,20,7", "", "y,\"0.7\",0,20,7");

        assertThat(curve.rows())
                .containsExactly(
                        new CurveRow(LearningRate.of(1e-3), 0.5, 7L, 20),
                        new CurveRow(LearningRate.BASELINE, 0.7, 7L, 20));
        assertThat(curve.ignoredColumns()).containsExactly("note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nan", "NaN", "inf", "-inf", "Infinity", "diverged", "1e999"})
    void whatIsNoFiniteLossIsDiverged(String loss) {
        assertThat(read("learning_rate,loss", "1," + loss).rows().get(0).loss()).isNull();
    }

    @Test
    void aHugeLossIsALoss() {
        assertThat(read("learning_rate,loss", "10,1e22").rows().get(0).loss()).isEqualTo(1e22);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            learning_rate,loss;1e-3,0.5;abc,0.4              | 3 | learning_rate is 'abc'
            learning_rate,loss;1e-3,low                      | 2 | loss is 'low'
            learning_rate,loss;-1,0.5                        | 2 | not negative
            learning_rate,loss;1e999,0.5                     | 2 | must be finite
            learning_rate,loss;1e-3,0.5;;0.001,0.5           | 4 | a second time
            learning_rate,loss,seed,step;1,1,2,3;1,1,2,3     | 3 | with seed 2, at step 3
            learning_rate,loss,seed;1,1,1.5                  | 2 | seed is '1.5'
            learning_rate,loss,step;1,1,-1                   | 2 | step is -1
            learning_rate,loss;1                             | 2 | 1 values for 2 columns
            rate,loss;1,1                                    | 1 | must have the column learning_rate once
            learning_rate,loss,loss;1,1,1                    | 1 | must have the column loss once
            learning_rate,loss                               | 1 | no row
            """)
    void whatCannotBeReadIsRefusedWithItsLine(String lines, int line, String reason) {
        Result.Refused refused = (Result.Refused) CurveCsv.read(lines.replace(';', '\n'));

        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.text()).contains(reason);
    }

    @Test
    void equalRatesOfDifferentSeedsOrStepsAreKept() {
        assertThat(read("learning_rate,loss,seed,step", "1,1,1,1", "1,1,2,1", "1,1,1,2")
                        .rows())
                .hasSize(3);
    }

    @Test
    void aSearchsOwnCurveTellsWhatEachPointIsFor() {
        Answer searched = Simulation.run(Landscape.EXPLODING).answer();
        String text = CurveCsv.write(searched.finding(null, null, null, null, null));

        assertThat(text)
                .startsWith("learning_rate,loss,seed,step,round,purpose\n0.0,0.7,17,20,0,baseline\n")
                .contains("diverged")
                .contains(",confirmation\n");
        MeasuredCurve curve = read(text);
        assertThat(curve.points()).hasSameSizeAs(searched.points());
        assertThat(curve.rows()).hasSize(searched.points().size() - 1);
    }

    @Test
    void aPurposeThatMeansNothingHereMakesItACurveOfOthers() {
        MeasuredCurve curve = read("learning_rate,loss,step,purpose", "1e-3,0.5,20,why not", "1e-2,0.4,20,grid");

        assertThat(curve.points()).isEmpty();
        assertThat(curve.rows()).hasSize(2);
    }

    static MeasuredCurve read(String... lines) {
        Result result = CurveCsv.read(String.join("\n", Arrays.asList(lines)));
        assertThat(result).isInstanceOf(Result.Read.class);
        return ((Result.Read) result).curve();
    }
}
