package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Series;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search file of a checkpoint in the middle of a training. */
class SeriesFileTest {

    private static final String DATA = "data: {format: batches, train: /d/train, validation: /d/val}\n";

    @Test
    void aCheckpointOfARunHasItsPlaceInItAndAnOptimizersState() {
        SearchSpecification search = accepted("""
                series: {name: run 7, step: 12000}
                model: {family: bert, checkpoint: /m/step-12000, optimizerState: /m/step-12000/adam.safetensors}
                """);

        assertThat(search.series()).isEqualTo(new Series("run 7", 12000));
        assertThat(search.model().optimizerState()).isEqualTo("/m/step-12000/adam.safetensors");
        assertThat(accepted(new String(MessageJson.write(search), StandardCharsets.UTF_8)))
                .isEqualTo(search);
    }

    @Test
    void aSearchByItselfHasNeither() {
        SearchSpecification search = accepted("model: {family: resnet18, checkpoint: {seed: 1}}\n");

        assertThat(search.series()).isNull();
        assertThat(search.model().optimizerState()).isNull();
        assertThat(new String(MessageJson.write(search), StandardCharsets.UTF_8))
                .doesNotContain("series", "optimizerState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "bert", "bart", "torchscript"})
    void theStateLiesWhereTheFileSaysFromItsFolderOn(String family) {
        String file = "model: {family: %s, checkpoint: m, optimizerState: run/adam.safetensors}\n".formatted(family)
                + "data: {format: batches, train: t, validation: v}\n";

        SearchFile.Reading reading = SearchFile.read(file, new Locations.RelativeTo(Path.of("/home/me")));

        assertThat(((SearchFile.Accepted) reading).specification().model().optimizerState())
                .isEqualTo("/home/me/run/adam.safetensors");
        assertThat(refusals(file))
                .contains("model.optimizerState is run/adam.safetensors; allowed: an absolute path or a URI");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "series: {name: run}|series.step is missing",
                "series: {step: 1}|series.name is missing",
                "series: {name: run, step: -1}|series.step is -1; allowed: a whole number from 0 to 1000000000000",
                "series: {name: run, step: 1.5}|series.step is 1.5; allowed: a whole number from 0 to 1000000000000",
                "series: {name: a/b, step: 1}|series.name is a/b; allowed: 1 to 100 letters, digits, spaces, dots,"
                        + " hyphens and underscores, with a letter or a digit at both ends",
                "series: {name: run, step: 1, epoch: 2}|series.epoch is not a known key; allowed: name, step",
            })
    void aSeriesThatIsWrittenWrongIsRefused(String line, String sentence) {
        assertThat(refusals("model: {family: torchscript, checkpoint: /m.pt}\n" + DATA + line))
                .containsExactly(sentence);
    }

    @Test
    void aFreshInitialisationHasNoPast() {
        assertThat(refusals("model: {family: resnet18, checkpoint: {seed: 1}, optimizerState: /s}\n" + DATA
                        + "series: {name: run, step: 5}\n"))
                .containsExactly(
                        "model.optimizerState is /s; allowed: with a stored checkpoint; this one is a fresh"
                                + " initialisation",
                        "series.step is 5; allowed: 0, because the checkpoint is a fresh initialisation");
        assertThat(accepted("model: {family: resnet18, checkpoint: {seed: 1}}\nseries: {name: run, step: 0}\n")
                        .series())
                .isEqualTo(new Series("run", 0));
    }

    @Test
    void aReplayedCurveHasNoOptimizer() {
        assertThat(refusals("model: {family: replay, checkpoint: /c.csv, optimizerState: /s}"))
                .containsExactly("model.optimizerState is not a known key; allowed: family, checkpoint, options");
    }

    private static SearchSpecification accepted(String model) {
        String file = model.startsWith("{") ? model : model + DATA;
        return ((SearchFile.Accepted) SearchFile.read(file, new Locations.AbsoluteOnly())).specification();
    }

    private static List<String> refusals(String file) {
        return ((SearchFile.Refused) SearchFile.read(file, new Locations.AbsoluteOnly()))
                .refusals().stream().map(Refusal::sentence).toList();
    }
}
