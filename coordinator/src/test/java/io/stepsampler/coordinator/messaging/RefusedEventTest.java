package io.stepsampler.coordinator.messaging;

import static io.stepsampler.coordinator.messaging.SentEvents.event;
import static io.stepsampler.coordinator.messaging.SentEvents.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.DeadLetter;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that is refused for its attributes or its team starts no search. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class RefusedEventTest {

    private static final String REPLAY = "{\"model\":{\"family\":\"replay\",\"checkpoint\":\"/c.csv\"}}";

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    SearchRequestHandler handler;

    @Inject
    Jdbi database;

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

    @ParameterizedTest
    @CsvSource({
        "'\"source\":\"/ci\"', id",
        "'\"source\":\"/ci\",\"id\":\" \"', id",
        "'\"source\":\"/ci\",\"id\":7', id",
        "'\"id\":\"7\"', source",
        "'\"id\":\"7\",\"source\":\"\"', source"
    })
    void anEventWithoutIdentityIsRefusedAndStartsNoSearch(String attributes, String missing) {
        int before = searches();
        String type = UUID.randomUUID().toString();
        findings.sendText(
                "search-requests.local",
                UUID.randomUUID(),
                "{\"specversion\":\"1.0\",\"type\":\"" + type + "\"," + attributes + ",\"data\":" + REPLAY + "}");

        DeadLetter letter = letters.first(candidate -> payload(candidate).contains(type));
        assertThat(letter.topic()).isEqualTo("search-requests.local");
        assertThat(letter.reason()).startsWith(missing + " ").contains("must be text");
        findings.first(event -> isRefusal(event, missing)
                && event.path("data").path("allowed").asText().startsWith("text that is not blank"));
        assertThat(searches()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source"})
    void anAttributeThatCannotBeStoredIsToldToTheTeam(String name) {
        int before = searches();
        String id = UUID.randomUUID().toString();

        findings.sendText(
                "search-requests.local",
                UUID.randomUUID(),
                event(id, REPLAY).replaceFirst("\"" + name + "\":\"", "$0\\\\u0000" + id));

        DeadLetter letter = letters.first(candidate -> payload(candidate).contains(id));
        assertThat(letter.reason())
                .startsWith(name + " is \\0" + id)
                .endsWith("; allowed: a text without the character \\0");
        JsonNode answer = findings.first(
                event -> event.path("data").path("value").asText().contains(id));
        assertThat(isRefusal(answer, name)).isTrue();
        assertThat(searches()).isEqualTo(before);
    }

    @Test
    void anEventOfATeamThatIsInNoFileAnyMoreStartsNoSearch() throws InterruptedException {
        String id = UUID.randomUUID().toString();
        Declaration.Id team = new Declaration.Id(Declaration.Kind.TEAM, "", "t-" + id.substring(0, 8));
        JsonNode document = ((DeclarationReading.Accepted) DeclarationReading.read(JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "team")
                        .put("name", team.name())))
                .json();
        database.useTransaction(transaction -> {
            DeclarationStore.put(transaction, team, document, DeclarationStore.Owner.DEPLOYMENT);
            DeclarationStore.leave(transaction, team);
        });

        handler.on(new ConsumerRecord<>(
                "search-requests." + team.name(), 0, 0, "key", event(id, REPLAY).getBytes(StandardCharsets.UTF_8)));

        assertThat(letters.first(letter -> payload(letter).contains(id)).reason())
                .startsWith("team is " + team.name() + "; it is in no declared file any more");
        // its topic may be made a moment after it was found missing, and is asked for again some seconds later
        await().atMost(Duration.ofMinutes(1)).until(() -> waitingFor("findings." + team.name()) == 0);
        database.useTransaction(transaction -> DeclarationStore.remove(transaction, team));
    }

    @Test
    void aTeamThatIsNotOfThisDeploymentStartsNoSearchAndIsSentNothing() throws InterruptedException {
        int before = searches();
        String id = UUID.randomUUID().toString();

        handler.on(new ConsumerRecord<>(
                "search-requests.stranger", 0, 0, "key", event(id, REPLAY).getBytes(StandardCharsets.UTF_8)));

        assertThat(letters.first(letter -> payload(letter).contains(id)).reason())
                .startsWith("team is stranger; allowed: ")
                .contains("local", "speech", "vision");
        assertThat(searches()).isEqualTo(before);
        assertThat(waitingFor("findings.stranger")).isZero();
    }

    private static boolean isRefusal(JsonNode event, String key) {
        return event.path("type").asText().equals("io.stepsampler.search.refused")
                && event.path("data").path("key").asText().equals(key);
    }

    private int searches() {
        return database.withHandle(handle -> handle.createQuery("select count(*) from search")
                .mapTo(Integer.class)
                .one());
    }

    private int waitingFor(String topic) {
        return database.withHandle(handle -> handle.createQuery("select count(*) from outbox where topic = :topic")
                .bind("topic", topic)
                .mapTo(Integer.class)
                .one());
    }
}
