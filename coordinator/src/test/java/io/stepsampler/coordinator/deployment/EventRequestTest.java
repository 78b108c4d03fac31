package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Asked.TEMPLATE;
import static io.stepsampler.coordinator.deployment.Asked.TRIGGER;
import static io.stepsampler.coordinator.deployment.Asked.asked;
import static io.stepsampler.coordinator.deployment.Asked.json;
import static io.stepsampler.coordinator.deployment.Declared.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRequestTest {

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

    @Test
    void nullInAnEventIsNoValue() throws JsonProcessingException {
        Deployment deployment = Declared.deployment(
                "{kind: team, name: vision}",
                TEMPLATE,
                "{kind: trigger, team: vision, name: all, event: e, where: {/data/stage: \"*\"}, template: nightly,"
                        + " fields: {uri: /data/uri, seed: /data/seed}}");

        List<EventRequest> withoutSeed = EventRequest.of(
                deployment,
                "vision",
                json("{'type': 'e', 'data': {'stage': 'x', 'uri': '/c.csv', 'seed': null}}"),
                null);
        List<EventRequest> withoutStage = EventRequest.of(
                deployment, "vision", json("{'type': 'e', 'data': {'stage': null, 'uri': '/c.csv'}}"), null);

        assertThat(withoutSeed)
                .containsExactly(new EventRequest.Search(
                        "all", yaml("{model: {family: replay, checkpoint: /c.csv}, training: {seed: 17}}")));
        assertThat(withoutStage).isEmpty();
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
                yaml("{type: checkpoint.published, source: /registry/a, data: {stage: production, files: [/c.csv]}}"),
                null);

        assertThat(asked)
                .extracting(request -> ((EventRequest.Search) request).trigger())
                .containsExactly("all", "production");
    }
}
