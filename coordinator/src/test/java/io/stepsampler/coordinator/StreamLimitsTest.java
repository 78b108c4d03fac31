package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.stepsampler.coordinator.storage.CurveStore;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/** What bounds streams: their readers, their number, and what opened them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class StreamLimitsTest {

    private static final int MOST_OF_A_TEAM = 50;

    /** More than a connection holds that nobody reads. */
    private static final int POINTS = 100_000;

    @TestHTTPResource
    String address = "";

    @Inject
    Jdbi database;

    @Test
    void aReaderThatFallsBehindIsToldTheNewestAloneAndHoldsUpNobody() throws Exception {
        UUID searchId = submit(REPLAY);
        try (Socket connection = new Socket();
                EventReader slow = slowReader(connection, searchId);
                EventReader quick = open(ServiceStack.FIRST_KEY, searchId)) {
            assertThat(slow.next()).contains("HTTP/1.1 200 OK");
            assertThat(slow.next()).contains("event:finding");
            quick.next();

            change(List.of(searchId), 1, POINTS);
            assertThat(EventReader.id(quick.next())).endsWith("-1");
            change(List.of(searchId), 2, 1);
            assertThat(EventReader.id(quick.next())).endsWith("-2");
            change(List.of(searchId), 3, 1);
            assertThat(EventReader.id(quick.next())).endsWith("-3");

            assertThat(EventReader.id(slow.next())).endsWith("-1");
            assertThat(EventReader.id(slow.next())).endsWith("-3");
        }
    }

    @Test
    void searchesThatChangeAreReadOnceForAllTheirReaders() throws Exception {
        List<UUID> searches = List.of(submit(REPLAY), submit(REPLAY));
        List<EventReader> readers = new ArrayList<>();
        for (UUID searchId : searches) {
            for (int reader = 0; reader < 3; reader++) {
                readers.add(open(ServiceStack.FIRST_KEY, searchId));
            }
        }
        for (EventReader reader : readers) {
            reader.next();
        }
        AtomicInteger readings = new AtomicInteger();
        database.getConfig(SqlStatements.class).setSqlLogger(counting(readings));

        try {
            change(searches, 1, 1);
            for (EventReader reader : readers) {
                assertThat(EventReader.id(reader.next())).endsWith("-1");
                reader.close();
            }
        } finally {
            database.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }

        // a second look tells those on whose way there was a sign of life
        assertThat(readings.get()).isBetween(1, 2);
    }

    @Test
    void aStreamEndsWithTheKeyThatOpenedIt() throws Exception {
        UUID searchId = submit(REPLAY);
        JsonPath key = key("local");

        try (EventReader events = open(key.getString("apiKey"), searchId)) {
            assertThat(events.next()).contains("event:finding");
            call().delete("/api/v1/teams/local/api-keys/" + key.getString("keyId"));

            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void aTeamHasSoManyStreamsAndNoMore() throws Exception {
        String key = key("vision").getString("apiKey");
        UUID searchId = UUID.fromString(
                callWith(key).body(REPLAY).post("/api/v1/searches").jsonPath().getString("searchId"));
        List<EventReader> open = new ArrayList<>();
        for (int stream = 0; stream < MOST_OF_A_TEAM; stream++) {
            open.add(open(key, searchId));
        }

        HttpResponse<InputStream> refused = answer(key, searchId);

        assertThat(refused.statusCode()).isEqualTo(429);
        String problem = new String(refused.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("15");
        assertThat(OpenApiTest.document()
                        .faults(
                                "GET /api/v1/searches/{searchId}/events",
                                429,
                                refused.headers().firstValue("Content-Type").orElse(""),
                                problem))
                .isEmpty();
        open.get(0).close();
        await().until(() -> answer(key, searchId).statusCode() == 200);
        callWith(key).post("/api/v1/searches/" + searchId + "/cancel");
        for (EventReader reader : open) {
            reader.close();
        }
    }

    /** It takes next to nothing, until it is read. */
    private EventReader slowReader(Socket connection, UUID searchId) throws Exception {
        URI place = URI.create(address);
        connection.setReceiveBufferSize(4096);
        connection.connect(new InetSocketAddress(place.getHost(), place.getPort()));
        String request = "GET /api/v1/searches/" + searchId + "/events HTTP/1.1\r\nHost: " + place.getHost()
                + "\r\nAuthorization: Bearer " + ServiceStack.FIRST_KEY + "\r\nAccept: text/event-stream\r\n\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return EventReader.of(connection.getInputStream());
    }

    private EventReader open(String key, UUID searchId) throws Exception {
        HttpResponse<InputStream> response = answer(key, searchId);
        assertThat(response.statusCode()).isEqualTo(200);
        return EventReader.of(response.body());
    }

    private HttpResponse<InputStream> answer(String key, UUID searchId) throws Exception {
        HttpRequest request = EventReader.request(address, searchId)
                .setHeader("Authorization", "Bearer " + key)
                .build();
        return EventReader.answer(request);
    }

    /** In the analyzer's place, all at once. */
    private void change(List<UUID> searches, long revision, int points) {
        List<Finding.Point> many = Collections.nCopies(
                points, new Finding.Point(0.001, 0.5, Finding.Status.MEASURED, 1, 17, 20, null, null));
        database.useTransaction(transaction -> CurveStore.write(
                transaction,
                searches.stream()
                        .map(searchId -> curve(searchId, revision, SearchState.RUNNING, many))
                        .toList()));
    }

    private static SqlLogger counting(AtomicInteger readings) {
        return new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                if (context.getRawSql().startsWith("select search.*")) {
                    readings.incrementAndGet();
                }
            }
        };
    }

    private static JsonPath key(String team) {
        return call().body("{\"name\": \"test\", \"role\": \"member\"}")
                .post("/api/v1/teams/" + team + "/api-keys")
                .jsonPath();
    }
}
