package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Options that speak of what the curve does not have. */
@Isolated("reads what is printed to standard output and standard error")
class AnalyzeOptionsTest {

    @Test
    void stepsThatACurveDoesNotNameAreTakenForThoseOfItsLosses(@TempDir Path folder) throws Exception {
        assertThat(errorsOfFiveSteps(folder, "note"))
                .contains("the curve has no column step: its losses are taken for those after 5 steps");
        assertThat(errorsOfFiveSteps(folder, "step")).doesNotContain("column step");
    }

    private static String errorsOfFiveSteps(Path folder, String column) throws Exception {
        Path curve =
                Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss," + column + "\n0,1,5\n0.1,1,5\n");
        return CommandRun.of("analyze", curve.toString(), "--steps", "5").errors();
    }
}
