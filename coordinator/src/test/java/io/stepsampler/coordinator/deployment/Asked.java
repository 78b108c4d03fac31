package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import java.util.List;

/** What events ask of the teams vision, which has a template and a trigger, and speech, which has none. */
final class Asked {

    static final String TEMPLATE = """
            kind: template
            team: vision
            name: nightly
            parameters: {uri: {}, seed: {default: 17}}
            search: {model: {family: replay, checkpoint: "${uri}"}, training: {seed: "${seed}"}}
            """;

    static final String TRIGGER = """
            kind: trigger
            team: vision
            name: production
            event: checkpoint.published
            where: {/data/stage: production, /source: "/registry/*"}
            template: nightly
            values: {seed: 3}
            fields: {uri: /data/files/0}
            """;

    static final Deployment DEPLOYMENT =
            Declared.deployment("{kind: team, name: vision}", "{kind: team, name: speech}", TEMPLATE, TRIGGER);

    private Asked() {}

    static List<EventRequest> asked(String team, String event) {
        return EventRequest.of(DEPLOYMENT, team, yaml(event), null);
    }

    /** YAML is read without its nulls. */
    static JsonNode json(String text) throws JsonProcessingException {
        return MessageJson.mapper().readTree(text.replace('\'', '"'));
    }
}
