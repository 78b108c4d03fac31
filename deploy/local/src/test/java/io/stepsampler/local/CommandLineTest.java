package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepsampler.method.CurveText;
import io.stepsampler.method.StepSampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("reads what is printed to standard output and standard error")
class CommandLineTest {

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(CommandRun.of("up", "--worker", "2").exitCode()).isEqualTo(ExitCodes.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "analyze --version"})
    void theVersionsOfBuildAndMethodArePrinted(String arguments) {
        CommandRun result = CommandRun.of(arguments.split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FOUND);
        assertThat(result.output().strip()).matches("stepsampler [0-9]+\\.[0-9]+\\S*, method " + StepSampling.VERSION);
    }

    @ParameterizedTest
    @CsvSource({"up, --workers", "up, --threads", "check search.yaml, --threads"})
    void noWorkersAndNoThreadsAreRefusedInASentence(String command, String option) {
        CommandRun result = CommandRun.of((command + " " + option + " 0").split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).isEqualToIgnoringNewLines(option + " is 0; it must be at least 1");
    }

    @Test
    void aMissingSearchFileIsNamed() {
        CommandRun result = CommandRun.of("search", "/nowhere/search.yaml");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).contains("/nowhere/search.yaml");
    }

    @Test
    void aMissingFileInTheSearchFileIsRefusedBeforeAnythingStarts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("search.yaml"), """
                model: {family: resnet18, checkpoint: {seed: 42}, options: {classes: 2}}
                data: {format: image-folder, train: absent, validation: %s}
                """.formatted(folder));
        CommandRun result = CommandRun.of("search", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .contains("data.train is " + folder.resolve("absent") + "; must be a folder that exists")
                .doesNotContain("data.validation");
    }

    @Test
    void aMissingStateOfTheOptimizerIsRefusedBeforeAnythingStarts(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("search.yaml"), """
                model: {family: torchscript, checkpoint: search.yaml, optimizerState: absent.safetensors}
                data: {format: tensors, train: search.yaml, validation: search.yaml}
                """);
        CommandRun result = CommandRun.of("search", file.toString(), "--server", "http://127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines(file + ": model.optimizerState is " + folder.resolve("absent.safetensors")
                        + "; must be a file that exists and can be read");
    }

    @Test
    void anUnknownKeyIsRefusedByName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("search.yaml"), "model: {family: replay, checkpoint: curve.csv}\nserch: {from: 1e-7}\n");
        CommandRun result = CommandRun.of("search", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).contains("serch");
    }

    @Test
    void aCheckRefusesTheBudgetThatASearchWould(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("search.yaml"), """
                model: {family: resnet18, checkpoint: {seed: 42}, options: {classes: 2}}
                data: {format: image-folder, train: %1$s, validation: %1$s}
                search: {from: 1e-5, to: 1, budget: {probes: 12}}
                """.formatted(folder));
        CommandRun result = CommandRun.of("check", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .contains("search.budget.probes is 12; allowed: at least 13, for the baseline, the coarse grid and the"
                        + " confirmation");
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8470", "", "http://", "ftp://127.0.0.1", "http://a b"})
    void aServerThatIsNotAUrlIsRefused(String server) {
        CommandRun result = CommandRun.of("list", "--server", server);
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("--server is " + (server.isEmpty() ? "blank" : server)
                        + "; must be a URL such as http://127.0.0.1:8470");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        CommandRun result = CommandRun.of("list", "--server", "http://127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("the server http://127.0.0.1:1 does not answer: no connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "cancel"})
    void aSearchIsNamedByItsId(String command) {
        CommandRun result = CommandRun.of(command, "nope", "--server", "http://127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("ID is nope; must be an id as `stepsampler list` shows it, or at least its"
                        + " first 4 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "analyze"})
    void aFileThatIsNotInUtf8IsRefusedInASentence(String command, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("latin"), "name: für\n".getBytes(StandardCharsets.ISO_8859_1));
        CommandRun result = CommandRun.of(command, file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).contains("is " + file + "; it cannot be read: it is not text in UTF-8");
    }

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
    void aFileInPlaceOfTheDataFolderIsTold(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "");
        CommandRun result = CommandRun.of("up", "--data", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).isEqualToIgnoringNewLines(file + " cannot be used: it is a file; must be a folder");
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
