package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class FindingStreamTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @TestHTTPResource
    String address = "";

    private TopicTap<Probe> probes;

    @BeforeEach
    void listen() {
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
        SearchCalls.giveRoom(probes);
    }

    @AfterEach
    void close() {
        probes.close();
    }

    @Test
    void aStreamTellsEachChangeAndEndsWithTheLast() throws Exception {
        UUID searchId = submit(REPLAY);

        try (EventReader events = open(searchId, "")) {
            assertThat(events.next()).contains("event:finding").anyMatch(line -> line.contains("\"RUNNING\""));
            probes.send("curves", searchId, curve(searchId, 1, SearchState.RUNNING));
            assertThat(events.next()).anyMatch(line -> line.startsWith("data:") && line.contains("0.001"));
            probes.send("curves", searchId, curve(searchId, 2, SearchState.FOUND));
            assertThat(events.next()).anyMatch(line -> line.contains("\"FOUND\""));
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void aStreamThatBrokeGoesOnWithWhatIsNew() throws Exception {
        UUID searchId = submit(REPLAY);
        String last;
        try (EventReader events = open(searchId, "")) {
            last = EventReader.id(events.next());
        }
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND));

        String newest;
        try (EventReader events = open(searchId, last)) {
            List<String> event = events.next();
            assertThat(event).anyMatch(line -> line.contains("\"FOUND\""));
            newest = EventReader.id(event);
        }
        assertThat(request(searchId, newest).statusCode()).isEqualTo(204);
    }

    @Test
    void aSearchThatIsNotThereHasNoStream() throws Exception {
        HttpResponse<InputStream> response = request(UUID.randomUUID(), "");

        assertThat(response.statusCode()).isEqualTo(404);
    }

    private EventReader open(UUID searchId, String lastEvent) throws Exception {
        HttpResponse<InputStream> response = request(searchId, lastEvent);
        assertThat(response.statusCode()).isEqualTo(200);
        return EventReader.of(response.body());
    }

    private HttpResponse<InputStream> request(UUID searchId, String lastEvent) throws Exception {
        HttpRequest.Builder request = EventReader.request(address, searchId);
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        return EventReader.answer(request.build());
    }
}
