package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.curve;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events as the CloudEvents SDK writes and reads them, with a producer and a consumer that know nothing of this service. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class CloudEventsSdkTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<Search> searches;
    private String uri = "";

    @BeforeEach
    void declare() {
        searches = new TopicTap<>(bootstrapServers, "searches", Search.class);
        SearchCalls.giveRoom(searches);
        uri = "/checkpoints/" + UUID.randomUUID() + ".csv";
        String admin = DeclaredCalls.key("local", Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/nightly", DeclaredCalls.TEMPLATE);
        DeclaredCalls.put(
                admin,
                "triggers/published",
                "{event: checkpoint.published, where: {/data/stage: production}, template: nightly,"
                        + " fields: {uri: /data/uri}}");
    }

    @AfterEach
    void close() {
        searches.close();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aNewCheckpointStartsASearchFromATemplateAndTheFindingComesBack(Encoding encoding) {
        send(encoding, "checkpoint.published", "{\"stage\": \"production\", \"uri\": \"" + uri + "\"}");

        Search search = searches.first(this::isOfThisTest);
        assertThat(search.team()).isEqualTo("local");
        searches.send("curves", search.searchId(), curve(search.searchId(), 1, SearchState.FOUND));

        CloudEvent finding = first("findings.local", search.searchId().toString());
        assertThat(finding.getType()).isEqualTo("io.stepsampler.search.completed");
        assertThat(finding.getDataContentType()).isEqualTo("application/json");
        assertThat(read(finding).recommendedLearningRate()).isEqualTo(0.001);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void anEventMayNameTheTemplateItself(Encoding encoding) {
        send(encoding, "any", "{\"template\": \"nightly\", \"values\": {\"uri\": \"" + uri + "\"}}");

        assertThat(searches.first(this::isOfThisTest).state()).isEqualTo(SearchState.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void dataThatNothingAsksForMayBeAnything(Encoding encoding) {
        DeclaredCalls.put(
                ServiceStack.FIRST_KEY,
                "triggers/written",
                "{event: file.written, template: nightly, fields: {uri: /subject}}");

        send(
                "local",
                encoding,
                event("file.written")
                        .withSubject(uri)
                        .withData("application/octet-stream", new byte[] {0, 1, 2})
                        .build());

        assertThat(searches.first(this::isOfThisTest).state()).isEqualTo(SearchState.RUNNING);
    }

    @Test
    void anEventThatTheTriggersPassOverStartsNothingAndIsNoFault() {
        send(Encoding.BINARY, "checkpoint.published", "{\"stage\": \"test\", \"uri\": \"" + uri + "\"}");
        send(Encoding.BINARY, "checkpoint.published", "{\"stage\": \"production\", \"uri\": \"" + uri + "2\"}");

        Search later =
                searches.first(search -> Objects.equals(search.specification().name(), "of " + uri + "2"));
        assertThat(later.state()).isEqualTo(SearchState.RUNNING);
        assertThat(searches.all(this::isOfThisTest)).isEmpty();
    }

    @Test
    void anEventOfATeamThatCameLaterIsTakenIn() {
        String team = "late-" + UUID.randomUUID().toString().substring(0, 8);
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "teams/" + team, "weight: 2");
        Awaitility.await().until(() -> !partitions("search-requests." + team).isEmpty());

        send(
                team,
                Encoding.STRUCTURED,
                "any",
                "{\"name\": \"of " + uri + "\", \"model\": {\"family\": \"replay\", \"checkpoint\": \"/c.csv\"}}");

        assertThat(searches.first(this::isOfThisTest).team()).isEqualTo(team);
    }

    private boolean isOfThisTest(Search search) {
        return Objects.equals(search.specification().name(), "of " + uri);
    }

    private static Finding read(CloudEvent event) {
        try {
            return MessageJson.read(Objects.requireNonNull(event.getData()).toBytes(), Finding.class);
        } catch (UnreadableMessage e) {
            throw new AssertionError(e);
        }
    }

    private void send(Encoding encoding, String type, String data) {
        send("local", encoding, type, data);
    }

    private void send(String team, Encoding encoding, String type, String data) {
        send(
                team,
                encoding,
                event(type)
                        .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    private static CloudEventBuilder event(String type) {
        return CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create("/registry"))
                .withType(type);
    }

    private void send(String team, Encoding encoding, CloudEvent event) {
        CloudEventSerializer serializer = new CloudEventSerializer();
        Map<String, Object> settings = new HashMap<>();
        settings.put(CloudEventSerializer.ENCODING_CONFIG, encoding);
        settings.put(CloudEventSerializer.EVENT_FORMAT_CONFIG, JsonFormat.CONTENT_TYPE);
        serializer.configure(settings, false);
        try (KafkaProducer<String, CloudEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>("search-requests." + team, event))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker did not take the event", e);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        try (KafkaConsumer<String, CloudEvent> consumer = consumer()) {
            return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }
    }

    private CloudEvent first(String topic, String subject) {
        try (KafkaConsumer<String, CloudEvent> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return Awaitility.await()
                    .until(
                            () -> {
                                for (ConsumerRecord<String, CloudEvent> record :
                                        consumer.poll(Duration.ofMillis(100))) {
                                    if (subject.equals(record.value().getSubject())) {
                                        return record.value();
                                    }
                                }
                                return null;
                            },
                            Objects::nonNull);
        }
    }

    private KafkaConsumer<String, CloudEvent> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new CloudEventDeserializer());
    }
}
