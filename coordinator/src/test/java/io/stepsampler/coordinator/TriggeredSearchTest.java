package io.stepsampler.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that triggers of the team local wait for. Each test has a type of events of its own. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class TriggeredSearchTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private final String name = "t-" + UUID.randomUUID().toString().substring(0, 8);
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
    void everySearchThatIsRefusedIsToldWithItsTrigger() {
        declare("templates/" + name, DeclaredCalls.TEMPLATE);
        declare("triggers/" + name + "-a", trigger("fields: {uri: /data/first}"));
        declare("triggers/" + name + "-b", trigger("fields: {uri: /data/second}"));
        declare("triggers/" + name + "-c", trigger("values: {uri: /c.csv}"));

        send("{}");

        List<JsonNode> refusals = findings.atLeast(
                2, event -> event.path("data").path("id").asText().equals(name));
        assertThat(refusals)
                .extracting(event -> event.path("data").path("trigger").asText()
                        + " "
                        + event.path("data").path("key").asText())
                .containsExactlyInAnyOrder(name + "-a /data/first", name + "-b /data/second");
        assertThat(refusals).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
        assertThat(letters.first(this::isOurs).reason())
                .isEqualTo("trigger %1$s-a: /data/first is missing; trigger %1$s-a takes uri from it;"
                        .concat(" trigger %1$s-b: /data/second is missing; trigger %1$s-b takes uri from it")
                        .formatted(name));
        assertThat(letters.all(this::isOurs)).hasSize(1);
    }

    private static void declare(String path, String declaration) {
        DeclaredCalls.put(ServiceStack.FIRST_KEY, path, declaration);
    }

    private String trigger(String rest) {
        return "{event: " + name + ", template: " + name + ", " + rest + "}";
    }

    private void send(String data) {
        findings.sendText(
                "search-requests.local",
                UUID.randomUUID(),
                "{\"specversion\":\"1.0\",\"source\":\"/ci\",\"type\":\"" + name + "\",\"id\":\"" + name
                        + "\",\"data\":" + data + "}");
    }

    private boolean isOurs(DeadLetter letter) {
        return new String(Base64.getDecoder().decode(letter.payload()), StandardCharsets.UTF_8).contains(name);
    }
}
