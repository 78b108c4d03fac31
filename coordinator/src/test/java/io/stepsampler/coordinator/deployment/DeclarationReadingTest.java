package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.accepted;
import static io.stepsampler.coordinator.deployment.Declared.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationReadingTest {

    @Test
    void aTeamOfWhichNothingIsSaidMayDoAllThatTheDeploymentCan() {
        assertThat(accepted("{kind: team, name: vision}")).isEqualTo(Team.free("vision", 1));
    }

    @Test
    void aTeamHasWhatIsSaidOfIt() {
        Team team = (Team) accepted("""
                kind: team
                name: vision
                weight: 2
                sources: [s3://vision/, /data/vision]
                torchScript: false
                pools: [default]
                limits: {searchesQueued: 10, searchesRunning: 2, probesOutstanding: 16, deviceSecondsPerDay: 3600, requestsPerSecond: 5}
                """);

        assertThat(team)
                .isEqualTo(new Team(
                        "vision",
                        2,
                        new TreeSet<>(Set.of("s3://vision/", "/data/vision")),
                        false,
                        new TreeSet<>(Set.of("default")),
                        new Limits(10, 2, 16, 3600.0, 5.0)));
    }

    @Test
    void aPoolMayHaveAPriceAndATeamOfItsOwn() {
        assertThat(accepted("{kind: pool, name: a100, team: vision, price: {perDeviceHour: 2.5, currency: EUR}}"))
                .isEqualTo(new Pool("a100", "vision", new Pool.Price(2.5, "EUR")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [team]                                       | declaration must be a mapping of keys to values
            {name: vision}                               | kind is missing
            {kind: user, name: vision}                   | kind is user; allowed: team, pool, template, trigger
            {kind: team}                                 | name is missing
            {kind: team, name: Vision}                   | name is Vision; allowed: 1 to 63 lower case letters, digits or hyphens, none at an end
            {kind: team, name: vision, weight: 0}        | weight is 0; allowed: a number above 0 to 1000000
            {kind: team, name: vision, color: red}       | color is not a known key; allowed: kind, name, weight, sources, torchScript, pools, limits
            {kind: team, name: vision, sources: [data]}  | sources[0] is data; allowed: an absolute path, or a URI that begins with file:, s3: or https:
            {kind: team, name: vision, sources: ["S3://v/"]} | sources[0] is S3://v/; allowed: an absolute path, or a URI that begins with file:, s3: or https:
            {kind: team, name: vision, limits: {searchesRunning: -1}} | limits.searchesRunning is -1; allowed: a whole number from 0 to 1000000000
            {kind: pool, name: a100, price: {perDeviceHour: 2, currency: euro}} | price.currency is euro; allowed: three capital letters such as EUR
            {kind: pool, name: a2345678901234567890123456789012345678901} | name is a2345678901234567890123456789012345678901; allowed: 1 to 40 lower case letters, digits or hyphens, none at an end
            {kind: team, name: a, pools: [A]}            | pools[0] is A; allowed: 1 to 40 lower case letters, digits or hyphens, none at an end
            {kind: team, name: a, sources: ["/\\0"]}     | sources[0] is /\\0; allowed: a text without the character \\0
            {kind: trigger, team: a, name: b, event: c, template: d, fields: {x: uri}} | fields.x is uri; allowed: a JSON pointer into the event, such as /data/uri
            {kind: trigger, team: a, name: b, event: c, template: d, where: {data/stage: x}} | where is data/stage; allowed: a JSON pointer into the event, such as /data/uri
            """)
    void aBadDeclarationIsRefusedWithKeyValueAndWhatIsAllowed(String yaml, String sentence) {
        assertThat(refusals(yaml)).containsExactly(sentence);
    }

    @Test
    void aDeclarationHasASize() {
        String values = "{kind: trigger, team: a, name: b, event: c, template: d, values: {x: %s}}";

        assertThat(refusals(values.formatted("y".repeat(65_000)))).isEmpty();
        assertThat(refusals(values.formatted("y".repeat(66_000))))
                .containsExactly("declaration must be 65536 characters at most");
        assertThat(refusals(values.formatted("[" + "1,".repeat(33_000) + "1]")))
                .containsExactly("declaration must be 65536 characters at most");
    }

    @Test
    void aConditionHasASize() {
        assertThat(refusals("{kind: trigger, team: a, name: b, event: c, template: d, where: {/source: '"
                        + "*a".repeat(501) + "'}}"))
                .singleElement()
                .asString()
                .endsWith("allowed: a text of 1000 characters at most, in which * stands for any other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'parameters: {1st: {}}'      | '{model: {family: replay, checkpoint: /c.csv}}'        | parameters.1st must be named with a letter and then letters, digits or _, 63 at most
            'parameters: {uri: {}}'      | '{model: {family: replay, checkpoint: "${url}"}}'      | search.model.checkpoint is ${url}; allowed: ${uri}
            'parameters: {}'             | '{model: {family: replay, checkpoint: "${url}"}}'      | search.model.checkpoint is ${url}; allowed: no ${...}, as there are no parameters
            'parameters: {uri: {}}'      | '{model: {family: vgg, checkpoint: "${uri}"}}'         | search.model.family is vgg; allowed: resnet18, bert, bart, torchscript, replay
            'parameters: {uri: {}}'      | '{modle: {family: replay, checkpoint: "${uri}"}}'      | search.model is missing
            """)
    void aTemplateThatNothingCanFillInIsRefused(String parameters, String search, String sentence) {
        assertThat(refusals("{kind: template, team: a, name: t, " + parameters + ", search: " + search + "}"))
                .contains(sentence);
    }

    @Test
    void aBlankMayStandWhereANumberIsWanted() {
        assertThat(refusals("""
                        kind: template
                        team: vision
                        name: nightly
                        parameters: {uri: {}, classes: {default: 2}}
                        search:
                          model: {family: resnet18, checkpoint: "${uri}", options: {classes: "${classes}"}}
                          data: {format: image-folder, train: "${uri}/train", validation: /d/val}
                        """)).isEmpty();
    }
}
