package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.accepted;
import static io.stepsampler.coordinator.deployment.Declared.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentTest {

    @Test
    void aTeamUsesSharedPoolsAndItsOwnUnlessItIsToldWhich() {
        Deployment deployment = deployment(
                "{kind: team, name: vision}",
                "{kind: team, name: speech}",
                "{kind: team, name: text, pools: [shared, own]}",
                "{kind: pool, name: shared}",
                "{kind: pool, name: large}",
                "{kind: pool, name: own, team: vision}");

        assertThat(pools(deployment, "vision")).containsExactly("large", "own", "shared");
        assertThat(pools(deployment, "speech")).containsExactly("large", "shared");
        assertThat(pools(deployment, "text")).containsExactly("shared");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {kind: team, name: a, pools: [x]}                              | pools is x; allowed: default
            {kind: pool, name: p, team: b}                                 | team is b; allowed: vision
            {kind: template, team: b, name: t, search: {model: {family: replay, checkpoint: /c}}} | team is b; allowed: vision
            {kind: trigger, team: vision, name: t, event: e, template: x}  | template is x; allowed: nightly
            {kind: trigger, team: vision, name: t, event: e, template: nightly}                                   | fields.uri is missing; template nightly has no default for it
            {kind: trigger, team: vision, name: t, event: e, template: nightly, fields: {uri: /a, color: /b}}     | fields.color is no parameter of template nightly; allowed: uri
            {kind: trigger, team: vision, name: t, event: e, template: nightly, fields: {uri: /a}, values: {color: 1}}     | values.color is no parameter of template nightly; allowed: uri
            """)
    void aDeclarationThatNamesWhatIsNotThereIsRefused(String yaml, String sentence) {
        Deployment deployment = deployment(
                "{kind: team, name: vision}",
                "{kind: pool, name: default}",
                "{kind: template, team: vision, name: nightly, parameters: {uri: {}},"
                        + " search: {model: {family: replay, checkpoint: \"${uri}\"}}}");

        assertThat(deployment.refusals(accepted(yaml)))
                .extracting(Refusal::sentence)
                .containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /data/vision/m.csv            | true
            file:///data/vision/m.csv     | true
            /data/vision                  | true
            /data/visionary/m.csv         | false
            /data/vision/../speech/m.csv  | false
            file:///data/vision/%2e%2e/m  | false
            s3://vision/a/m.csv           | true
            s3://vision-old/m.csv         | false
            s3://vision/../other/m.csv    | false
            s3://vision/..%2fother/m.csv  | false
            s3://vision/a%2F..%2Fm.csv    | false
            s3://vision/%2e%2E%5Cother    | false
            s3://vision/%252e.%25252fm    | false
            s3://vision/%2fa..b/m%5c.csv  | true
            https://vision/m.csv          | false
            """)
    void aTeamReadsBelowItsSourcesAlone(String location, boolean allowed) {
        Team team = (Team) accepted("{kind: team, name: vision, sources: [/data/vision, s3://vision/]}");

        List<Refusal> refusals =
                team.refusals(specification("{model: {family: replay, checkpoint: '" + location + "'}}"));

        assertThat(refusals.isEmpty()).isEqualTo(allowed);
        if (!allowed) {
            assertThat(refusals.get(0).sentence())
                    .isEqualTo("model.checkpoint is " + location
                            + "; allowed for team vision: what is below /data/vision, s3://vision/");
        }
    }

    @Test
    void everyPathOfASearchIsHeldAgainstTheSources() {
        Team team = (Team) accepted("{kind: team, name: vision, sources: []}");

        assertThat(team.refusals(specification("""
                        model: {family: bert, checkpoint: /a, options: {classes: 2, config: /b}}
                        data: {format: labelled-text, train: /c, validation: /d, test: /e, options: {tokenizer: /f}}
                        """)))
                .extracting(Refusal::key)
                .containsExactlyInAnyOrder(
                        "model.checkpoint",
                        "model.options.config",
                        "data.options.tokenizer",
                        "data.train",
                        "data.validation",
                        "data.test");
    }

    @Test
    void theOptimizersStateIsHeldAgainstTheSources() {
        Team team = (Team) accepted("{kind: team, name: vision, sources: [/data/vision]}");

        assertThat(team.refusals(specification("""
                        model: {family: resnet18, checkpoint: /data/vision/m, optimizerState: /data/speech/s}
                        data: {format: image-folder, train: /data/vision/a, validation: /data/vision/b}
                        """)))
                .extracting(Refusal::sentence)
                .containsExactly("model.optimizerState is /data/speech/s; allowed for team vision: what is below"
                        + " /data/vision");
    }

    @Test
    void aTeamWithoutTorchScriptBringsNoCode() {
        Team team = (Team) accepted("{kind: team, name: vision, torchScript: false}");
        SearchSpecification specification = specification("""
                model: {family: torchscript, checkpoint: /m.pt}
                data: {format: tensors, train: /a.npz, validation: /b.npz}
                """);

        assertThat(team.refusals(specification))
                .extracting(Refusal::sentence)
                .containsExactly("model.family is torchscript; allowed for team vision: any that brings no code");
        assertThat(Team.free("vision", 1).refusals(specification)).isEmpty();
    }

    private static List<String> pools(Deployment deployment, String team) {
        return deployment.poolsFor(deployment.team(team).orElseThrow());
    }

    private static SearchSpecification specification(String yaml) {
        return ((SearchFile.Accepted) SearchFile.read(yaml, new Locations.AbsoluteOnly())).specification();
    }
}
