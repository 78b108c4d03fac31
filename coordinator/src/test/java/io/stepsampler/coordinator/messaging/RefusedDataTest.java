package io.stepsampler.coordinator.messaging;

import static io.stepsampler.coordinator.messaging.SentEvents.event;
import static io.stepsampler.coordinator.messaging.SentEvents.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.DeadLetter;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a team is told of an event whose data is refused. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class RefusedDataTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<JsonNode> findings;
    private TopicTap<DeadLetter> letters;

    @BeforeEach
    void listen() {
        findings = new TopicTap<>(bootstrapServers, "findings.local", JsonNode.class);
        letters = new TopicTap<>(bootstrapServers, "dead-letters", DeadLetter.class);
    }

    @AfterEach
    void close() {
        findings.close();
        letters.close();
    }

    @Test
    void aBadSearchFileIsAnsweredWithKeyValueAndWhatIsAllowed() {
        String id = UUID.randomUUID().toString();
        String data = "{\"pool\":\"gpu\",\"model\":{\"family\":\"replay\",\"checkpoint\":\"/c.csv\"}}";

        findings.sendText("search-requests.local", UUID.randomUUID(), event(id, data));

        JsonNode answer =
                findings.first(event -> event.path("data").path("id").asText().equals(id));
        assertThat(answer.path("type").asText()).isEqualTo("io.stepsampler.search.refused");
        assertThat(answer.path("specversion").asText()).isEqualTo("1.0");
        assertThat(answer.path("data").path("source").asText()).isEqualTo("/ci");
        assertThat(answer.path("data").path("key").asText()).isEqualTo("pool");
        assertThat(answer.path("data").path("value").asText()).isEqualTo("gpu");
        assertThat(answer.path("data").path("allowed").asText()).isEqualTo("default");
        assertThat(letters.first(letter -> payload(letter).contains(id)).reason())
                .isEqualTo("pool is gpu; allowed: default");
    }

    @Test
    void theAnswerToAnEventThatFillsAMessageFitsOneToo() {
        String id = UUID.randomUUID().toString();
        String data = "\"" + "x".repeat(900_000) + "\"";

        findings.sendText("search-requests.local", UUID.randomUUID(), event(id, data));

        JsonNode answer =
                findings.first(event -> event.path("data").path("id").asText().equals(id));
        assertThat(answer.path("data").path("value").asText()).hasSize(83).endsWith("xxx...");
        assertThat(answer.path("data").path("text").asText())
                .startsWith("data is \"xxx")
                .contains("must be an object");
        DeadLetter letter = letters.first(candidate -> payload(candidate).contains(id));
        assertThat(letter.reason()).isEqualTo(answer.path("data").path("text").asText());
        assertThat(letter.wholePayloadBytes()).isGreaterThan(900_000);
    }
}
