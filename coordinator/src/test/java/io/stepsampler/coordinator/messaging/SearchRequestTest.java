package io.stepsampler.coordinator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"id", "source"})
    void anAttributeThatIsTooLongIsRefusedAndNotRepeated(String name) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", "7")
                .put("source", "/ci")
                .put("type", "any");
        event.put(name, "x".repeat(1024));
        assertThat(new SearchRequest("local", new EventRecord(event, null, null)).refusal())
                .isEmpty();

        event.put(name, "x".repeat(1025));
        SearchRequest longer = new SearchRequest("local", new EventRecord(event, null, null));

        assertThat(longer.refusal())
                .contains(new Refusal(name, "x".repeat(80) + "...", "must be at most 1024 characters"));
        assertThat(longer.attribute(name)).isNull();
    }

    @Test
    void eventsAreTheSameOnlyIfSourceAndIdAreEachTheSame() {
        SearchRequest event = request("/ci", "1|2");

        assertThat(event.searchId("")).isEqualTo(request("/ci", "1|2").searchId(""));
        assertThat(event.searchId("")).isNotEqualTo(request("/ci|1", "2").searchId(""));
        assertThat(event.searchId("")).isNotEqualTo(request("/ci", "1").searchId("2"));
    }

    private static SearchRequest request(String source, String id) {
        return new SearchRequest(
                "local",
                new EventRecord(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("source", source)
                                .put("id", id),
                        null,
                        null));
    }
}
