package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.curve;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
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
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events as the CloudEvents SDK writes and reads them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class CloudEventsSdkTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private CloudEventsSdk sdk;
    private TopicTap<Search> searches;
    private String uri = "";

    @BeforeEach
    void declare() {
        sdk = new CloudEventsSdk(bootstrapServers);
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

        CloudEvent finding = sdk.first("findings.local", search.searchId().toString());
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

        sdk.send(
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
        Awaitility.await()
                .until(() -> !sdk.partitions("search-requests." + team).isEmpty());

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
        sdk.send(
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
}
