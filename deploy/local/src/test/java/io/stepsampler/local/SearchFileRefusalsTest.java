package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is refused of a search file before anything starts. */
@Isolated("reads what is printed to standard output and standard error")
class SearchFileRefusalsTest {

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
}
