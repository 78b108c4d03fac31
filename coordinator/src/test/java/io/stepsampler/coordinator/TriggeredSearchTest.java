package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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

    @Test
    void theCheckpointsOfATrainingBecomeASeries() {
        declare("templates/" + name, """
                parameters: {run: {}, step: {}, checkpoint: {}, state: {}}
                search:
                  series: {name: "${run}", step: "${step}"}
                  model: {family: torchscript, checkpoint: "${checkpoint}", optimizerState: "${state}"}
                  data: {format: tensors, train: /t.npz, validation: /v.npz}
                """);
        declare(
                "triggers/" + name,
                trigger("fields: {run: /data/run, step: /data/step, checkpoint: /data/model, state: /data/optimizer}"));

        send("{\"run\": \"" + name + "\", \"step\": 12000, \"model\": \"/12000.pt\","
                + " \"optimizer\": \"/12000.safetensors\"}");

        await().until(() -> call().get("/api/v1/series/" + name).statusCode() == 200);
        JsonPath series = call().get("/api/v1/series/" + name).jsonPath();
        assertThat(series.getList("findings.step", Long.class)).containsExactly(12000L);
        JsonPath specification = SearchCalls.get(series.getString("findings[0].searchId") + "/specification")
                .jsonPath();
        assertThat(specification.getString("series.name")).isEqualTo(name);
        assertThat(specification.getLong("series.step")).isEqualTo(12000);
        assertThat(specification.getString("model.optimizerState")).isEqualTo("/12000.safetensors");
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
