package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files asked for that cannot be written. */
@Isolated("reads what is printed to standard output and standard error")
class FindingFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--svg"})
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingStarts(String option, @TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("search.yaml"), "model: {family: replay, checkpoint: search.yaml}");
        for (Path target : List.of(folder, file.resolve("below-a-file"))) {
            CommandRun result = CommandRun.of(
                    "search", file.toString(), option, target.toString(), "--server", "http://127.0.0.1:1");
            assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
            assertThat(result.errors())
                    .isEqualToIgnoringNewLines(option + " is " + target + "; must be a file that can be written");
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeTheCheck(@TempDir Path folder) {
        CommandRun result = CommandRun.of("check", "search.yaml", "--json", folder.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("--json is " + folder + "; must be a file that can be written");
    }

    @Test
    void theSummaryIsPrintedThoughTheFileCannotBeWritten(@TempDir Path folder) throws Exception {
        Path fullDisk = Path.of("/dev/full");
        assumeTrue(Files.exists(fullDisk));
        Path curve = Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss\n0,1\n0.1,1\n");
        CommandRun result = CommandRun.of("analyze", curve.toString(), "--json", fullDisk.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.output()).isNotBlank();
        assertThat(result.errors()).contains("--json is /dev/full; it cannot be written: ");
    }
}
