package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.json.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRequestTest {

    private static final String TEMPLATE = """
            kind: template
            team: vision
            name: nightly
            parameters: {uri: {}, seed: {default: 17}}
            search: {model: {family: replay, checkpoint: "${uri}"}, training: {seed: "${seed}"}}
            """;

    private static final String TRIGGER = """
            kind: trigger
            team: vision
            name: production
            event: checkpoint.published
            where: {/data/stage: production, /source: "/registry/*"}
            template: nightly
            values: {seed: 3}
            fields: {uri: /data/files/0}
            """;

    private static final Deployment DEPLOYMENT =
            Declared.deployment("{kind: team, name: vision}", "{kind: team, name: speech}", TEMPLATE, TRIGGER);

    @Test
    void anEventMayCarryAWholeSearch() {
        List<EventRequest> asked = asked("vision", "{type: any, data: {model: {family: replay, checkpoint: /c.csv}}}");

        assertThat(asked)
                .containsExactly(new EventRequest.Search("", yaml("{model: {family: replay, checkpoint: /c.csv}}")));
    }

    @Test
    void anEventMayNameATemplateAndItsValues() {
        List<EventRequest> asked = asked("vision", "{type: any, data: {template: nightly, values: {uri: /c.csv}}}");

        assertThat(asked)
                .containsExactly(new EventRequest.Search(
                        "", yaml("{model: {family: replay, checkpoint: /c.csv}, training: {seed: 17}}")));
    }

    @Test
    void aTriggerTakesItsValuesFromTheEvent() {
        List<EventRequest> asked = asked(
                "vision",
                "{type: checkpoint.published, source: /registry/main,"
                        + " data: {stage: production, files: [/c.csv, /d.csv]}}");

        assertThat(asked)
                .containsExactly(new EventRequest.Search(
                        "production", yaml("{model: {family: replay, checkpoint: /c.csv}, training: {seed: 3}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: checkpoint.published, source: /registry/main, data: {stage: test, files: [/c.csv]}}
            {type: checkpoint.published, source: /other, data: {stage: production, files: [/c.csv]}}
            {type: checkpoint.published, source: /registry/main, data: {stage: [production], files: [/c.csv]}}
            {type: checkpoint.published, source: /registry/main}
            """)
    void anEventThatNoTriggerWaitsForAsksForNothing(String event) {
        assertThat(asked("vision", event)).isEmpty();
    }

    @Test
    void everyTriggerThatMatchesAsksForASearchOfItsOwn() {
        Deployment two = Declared.deployment(
                "{kind: team, name: vision}",
                TEMPLATE,
                TRIGGER,
                "{kind: trigger, team: vision, name: all, event: checkpoint.published, template: nightly,"
                        + " fields: {uri: /data/files/0}}");

        List<EventRequest> asked = EventRequest.of(
                two,
                "vision",
                yaml("{type: checkpoint.published, source: /registry/a, data: {stage: production, files: [/c.csv]}}"));

        assertThat(asked)
                .extracting(request -> ((EventRequest.Search) request).trigger())
                .containsExactly("all", "production");
    }

    @Test
    void theTriggersAndTemplatesOfOthersAreNotThere() {
        assertThat(sentence("speech", "{type: any, data: {template: nightly, values: {uri: /c.csv}}}"))
                .isEqualTo("template is nightly; is no template of team speech");
        assertThat(asked("speech", "{type: checkpoint.published, data: {model: {}}}"))
                .containsExactly(new EventRequest.Search("", yaml("{model: {}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: any}                                                    | data must be an object: a search file, or a template and values
            {type: any, data: [1]}                                         | data is [1]; must be an object: a search file, or a template and values
            {type: any, data: {template: weekly}}                          | template is weekly; is no template of team vision
            {type: any, data: {template: nightly, value: {uri: /c}}}       | value is not a known key; allowed: template, values
            {type: any, data: {template: nightly}}                         | values.uri is missing
            {type: checkpoint.published, source: /registry/, data: {stage: production, files: []}} | /data/files/0 is missing; trigger production takes uri from it
            """)
    void whatCannotBeUnderstoodIsToldWithWhatIsAllowed(String event, String sentence) {
        assertThat(sentence("vision", event)).isEqualTo(sentence);
    }

    private static List<EventRequest> asked(String team, String event) {
        return EventRequest.of(DEPLOYMENT, team, yaml(event));
    }

    private static String sentence(String team, String event) {
        return ((EventRequest.Refused) asked(team, event).get(0))
                .refusals().stream().map(Refusal::sentence).findFirst().orElseThrow();
    }
}
