package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.accepted;
import static io.stepsampler.coordinator.deployment.Declared.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final Template NIGHTLY = (Template) accepted("""
            kind: template
            team: vision
            name: nightly
            parameters:
              uri: {description: the checkpoint}
              classes: {default: 2}
            search:
              name: nightly of ${uri}
              model: {family: resnet18, checkpoint: "${uri}", options: {classes: "${classes}"}}
              data: {format: image-folder, train: /d/train, validation: /d/val}
            """);

    @Test
    void aBlankAloneTakesTheValueAndOneWithinATextItsText() {
        JsonNode search = filled("{uri: s3://m/1.safetensors, classes: 10}");

        assertThat(search.path("model").path("options").path("classes").isInt()).isTrue();
        assertThat(search.path("model").path("options").path("classes").asInt()).isEqualTo(10);
        assertThat(search.path("model").path("checkpoint").asText()).isEqualTo("s3://m/1.safetensors");
        assertThat(search.path("name").asText()).isEqualTo("nightly of s3://m/1.safetensors");
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(filled("{uri: /c}")
                        .path("model")
                        .path("options")
                        .path("classes")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aValueIsNotReadForBlanksItself() {
        assertThat(filled("{uri: \"/c${classes}$1\"}").path("name").asText()).isEqualTo("nightly of /c${classes}$1");
    }

    @Test
    void whatIsMissingAndWhatIsNotKnownIsRefused() {
        assertThat(refusals("{color: red}"))
                .containsExactly("color is no parameter of template nightly; allowed: classes, uri", "uri is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "true"})
    void onlyTextsAndNumbersFitIntoAText(String value) {
        assertThat(refusals("{uri: " + value + "}"))
                .containsExactly(
                        "uri is " + value + "; allowed: a text or a number, as it stands in nightly of ${uri}");
    }

    private static JsonNode filled(String values) {
        return ((Template.Filled) NIGHTLY.fill(values(values))).search();
    }

    private static List<String> refusals(String values) {
        return ((Template.Refused) NIGHTLY.fill(values(values)))
                .refusals().stream().map(Refusal::sentence).toList();
    }

    private static Map<String, JsonNode> values(String text) {
        Map<String, JsonNode> values = new HashMap<>();
        yaml(text).properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }
}
