package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.method.CurveText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a curve, without any server. */
@Isolated("reads what is printed to standard output and standard error")
class AnalyzeCommandTest {

    @Test
    void aCurveIsAnalyzedWithoutAnyServer(@TempDir Path folder) throws Exception {
        StringBuilder curve = new StringBuilder("learning_rate,loss\n0,1.0\n");
        for (double exponent = -7; exponent <= 1; exponent += 0.25) {
            double distance = exponent + 2;
            curve.append(Math.pow(10, exponent))
                    .append(',')
                    .append(1 - 0.8 * Math.exp(-distance * distance))
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("curve.csv"), curve);
        Path json = folder.resolve("finding.json");
        Path svg = folder.resolve("curve.svg");
        CommandRun result =
                CommandRun.of("analyze", file.toString(), "--json", json.toString(), "--svg", svg.toString());
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(ExitCodes.FOUND);
        assertThat(result.output().strip().lines().reduce("", (earlier, line) -> line))
                .startsWith("recommended learning rate: ");
        assertThat(result.errors()).contains(CurveText.LEGEND);
        assertThat(Files.readString(json)).contains("\"recommendedLearningRate\"");
        assertThat(Files.readString(svg)).contains("<svg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --reading raw    | --reading is raw; it must be relative or paper
            --threshold 0    | --threshold is 0.0; it must be at least 0.001
            --method best    | --method is best; it must be one of log-midpoint, half-loss, steepest, minimum, minimum-tenth, valley, slide
            --momentum 1     | --momentum is 1.0; it must be at least 0 and below 1
            """)
    void aWayOfReadingThatDoesNotExistIsRefused(String options, String sentence) {
        CommandRun result = CommandRun.of(("analyze curve.csv " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).isEqualToIgnoringNewLines(sentence);
    }

    @Test
    void aStoredSearchHasItsOwnMomentum() {
        CommandRun result = CommandRun.of("analyze", "00000000-0000-0000-0000-000000000001", "--momentum", "0.9");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).isEqualToIgnoringNewLines("--momentum is for a curve; a stored search has its own");
    }

    @Test
    void aCurveThatIsNotOneIsRefusedWithItsLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss\n0.1,1\nfast,1\n");
        CommandRun result = CommandRun.of("analyze", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).contains("line 3").contains("fast");
    }
}
