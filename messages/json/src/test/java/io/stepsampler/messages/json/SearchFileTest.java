package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFileTest {

    private static final String SMALLEST = """
            model: {family: resnet18, checkpoint: {seed: 42}}
            data: {format: image-folder, train: /d/train, validation: /d/val}
            """;

    @Test
    void automaticStepsAreTheDefaultAndMoreWhereTheyAreNeeded() {
        SearchFile.Accepted accepted = (SearchFile.Accepted) SearchFile.read(
                "model: {family: replay, checkpoint: /curve.csv}\ntraining: {steps: auto}",
                new Locations.AbsoluteOnly());

        assertThat(accepted.specification().training().steps()).isEqualTo(20);
        assertThat(accepted.specification().training().lengthen()).isTrue();
    }

    @Test
    void everyDefaultIsFilledIn() {
        SearchSpecification search = accepted(SMALLEST);

        assertThat(search.model())
                .isEqualTo(new Model.ResNet18(new Checkpoint.Fresh(42), null, new Model.ResNet18.Options(1000, false)));
        assertThat(search.data())
                .isEqualTo(new Dataset.ImageFolder(
                        "/d/train",
                        "/d/val",
                        null,
                        new Dataset.ImageFolder.Options(224, null, List.of(), List.of(), false, 1024, true)));
        assertThat(search.training().loss()).isEqualTo(Loss.CrossEntropy.plain());
        assertThat(search.training().optimizer()).isEqualTo(new Optimizer.Sgd(0, 0, 0, false));
        assertThat(search.training().steps()).isEqualTo(20);
        assertThat(search.search().from()).isEqualTo(1e-7);
        assertThat(search.search().to()).isEqualTo(10);
        assertThat(search.search().budget().probes()).isEqualTo(64);
        assertThat(search.search().reuse()).isTrue();
        assertThat(search.pool()).isEqualTo("default");
    }

    @Test
    void aNumberWithoutADotIsANumber() {
        assertThat(accepted(SMALLEST + "search: {from: 1e-5, to: 1e0}").search().from())
                .isEqualTo(1e-5);
    }

    @Test
    void shorthandsMeanTheirLongForm() {
        SearchSpecification search = accepted("""
                model: {family: torchscript, checkpoint: "file:///m/model.pt"}
                data: {format: tensors, train: /d/train.npz, validation: /d/val.npz}
                training: {loss: mse, optimizer: {name: adamw}}
                """);

        assertThat(search.model().checkpoint()).isEqualTo(new Checkpoint.Stored("file:///m/model.pt"));
        assertThat(search.training().loss()).isEqualTo(new Loss.MeanSquaredError());
        assertThat(search.training().optimizer()).isEqualTo(new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01));
    }

    @Test
    void whatWasAcceptedIsReadAgainAsItself() {
        SearchSpecification first = accepted(SMALLEST);

        assertThat(accepted(new String(MessageJson.write(first), StandardCharsets.UTF_8)))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search: {form: 1}|search.form is not a known key; allowed: from, to, stepDecades,"
                        + " thresholdDecades, repeats, budget, plan, reading, sweep, reuse",
                "search: {from: 10, to: 1}|search.from is 10; allowed: a number below search.to, which is 1",
                "search: {from: 0.1, to: 0.10000000001}|search.from is 0.1; allowed: a number below search.to, which is"
                        + " 0.10000000001",
                "training: {seed: 99999999999999999999}|training.seed is 99999999999999999999; allowed: a whole number"
                        + " from -9223372036854775808 to 9223372036854775807",
                "training: {steps: 20001}|training.steps is 20001; allowed: a whole number from 1 to 20000",
                "training: {precision: fp16}|training.precision is fp16; allowed: fp32",
                "training: {optimizer: {momentum: 0.9}}|training.optimizer.name is missing",
                "evaluation: {epochs: 3}|evaluation.epochs is not a known key; allowed: metric, patience, maxEpochs",
                "search: {thresholdDecades: 0}|search.thresholdDecades is 0; allowed: a number from 0.001 to 1",
                "search: {from: -1e-6}|search.from is -1e-6; allowed: a number from 1e-10 to 1000",
                "search: {from: .nan}|search.from is NaN; allowed: a finite number",
                "search: {repeats: 21}|search.repeats is 21; allowed: a whole number from 1 to 20",
                "search: {budget: {probes: 1.5}}|search.budget.probes is 1.5; allowed: a whole number from 1 to 10000",
                "training: {batchSize: 0}|training.batchSize is 0; allowed: a whole number from 1 to 1000000",
                "training: {optimizer: {name: sgdd}}|training.optimizer.name is sgdd; allowed: sgd, adam, adamw, rmsprop,"
                        + " adagrad",
                "training: {optimizer: {name: adam, momentum: 0.9}}|training.optimizer.momentum is not a known key;"
                        + " allowed: name, betas, eps, weightDecay",
                "training: {optimizer: {name: adam, betas: [0.9]}}|training.optimizer.betas is [0.9]; allowed: two"
                        + " numbers from 0 to below 1",
                "training: {optimizer: {name: sgd, nesterov: true}}|training.optimizer.nesterov is true; allowed:"
                        + " with a momentum above 0 and a dampening of 0",
                "training: {loss: hinge}|training.loss.name is hinge; allowed: cross-entropy, mse, l1, bce-with-logits,"
                        + " output",
                "pool: Big One|pool is Big One; allowed: the name of a pool of workers: lower-case letters, digits and"
                        + " hyphens",
            })
    void aWrongKeyIsNamedWithItsValueAndWhatIsAllowed(String line, String sentence) {
        assertThat(refusals(SMALLEST + line)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|model is missing",
                "{model: {family: resnet18, checkpoint: {seed: 1}}}|data is missing",
                "{model: {family: vgg, checkpoint: {seed: 1}}, data: {format: tensors, train: /a, validation: /b}}"
                        + "|model.family is vgg; allowed: resnet18, bert, bart, torchscript, replay",
                "{model: {family: replay}}|model.checkpoint is missing",
                "{model: {checkpoint: {seed: 1}}}|model.family is missing",
                "{model: {family: resnet18, checkpoint: {seed: 1}}, data: {train: /a, validation: /b}}"
                        + "|data.format is missing",
                "[1, 2]|the search file must be a mapping of keys to values, such as model: and data:",
            })
    void whatIsMissingIsNamed(String file, String sentence) {
        assertThat(refusals(file)).containsExactly(sentence);
    }

    @Test
    void theSeedOfAFreshModelIsALong() {
        assertThat(refusals(SMALLEST.replace("42", "99999999999999999999")))
                .containsExactly("model.checkpoint.seed is 99999999999999999999; allowed: a whole number from"
                        + " -9223372036854775808 to 9223372036854775807");
        assertThat(accepted(SMALLEST.replace("42", "-9223372036854775808"))
                        .model()
                        .checkpoint())
                .isEqualTo(new Checkpoint.Fresh(Long.MIN_VALUE));
    }

    @Test
    void whatOnlyALaterCommandUsesChangesNothingOfTheSearch() {
        assertThat(accepted(SMALLEST
                        + "evaluation: {metric: accuracy, patience: 3, maxEpochs: 10}\ntraining: {precision: fp32}\n"))
                .isEqualTo(accepted(SMALLEST));
    }

    @Test
    void textThatIsNotYamlIsRefusedWithThePlace() {
        assertThat(refusals("model: ["))
                .singleElement()
                .asString()
                .startsWith("the search file is not YAML or JSON: ")
                .contains("line 1");
    }

    @Test
    void aSmallTextDoesNotBecomeALargeTree() {
        String bomb = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n";

        assertThat(refusals(bomb))
                .containsExactly(
                        "the search file must hold no alias; write again what *a stands for" + " (line 2, column 8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&a [*a]", "a: &a {b: *a}"})
    void aTreeThatHoldsItselfIsRefused(String text) {
        assertThat(refusals(text)).singleElement().asString().startsWith("the search file must hold no alias;");
    }

    @Test
    void aTreeWithoutEndIsRefused() {
        assertThat(refusals("[".repeat(50_000)))
                .containsExactly("the search file must be nested 100 levels deep at most (line 1, column 101)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: "a\\nb"                              | name is a_b; allowed: a text of 1 to 200 characters, without control characters
            name: "a\\0b"                              | name is a\\0b; allowed: a text without the character \\0
            training: {groups: [{match: "\\0"}]}       | training.groups[0].match is \\0; allowed: a text without the character \\0
            data: {"a\\0": 1}                          | data is a\\0; allowed: keys without the character \\0
            """)
    void aCharacterThatNobodySeesIsRefused(String line, String sentence) {
        assertThat(refusals("model: {family: replay, checkpoint: /c.csv}\n" + line))
                .containsExactly(sentence.replace('_', '\n'));
    }

    private static SearchSpecification accepted(String file) {
        return ((SearchFile.Accepted) SearchFile.read(file, new Locations.AbsoluteOnly())).specification();
    }

    private static List<String> refusals(String file) {
        return ((SearchFile.Refused) SearchFile.read(file, new Locations.AbsoluteOnly()))
                .refusals().stream().map(Refusal::sentence).toList();
    }
}
