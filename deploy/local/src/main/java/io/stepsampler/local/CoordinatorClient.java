package io.stepsampler.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Talks to the coordinator's HTTP API. */
final class CoordinatorClient {

    private static final int UNAUTHORIZED = 401;
    private static final int UNPROCESSABLE = 422;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Connection connection;
    private final @Nullable ConnectionFile announcement;

    CoordinatorClient(Connection connection) {
        this(connection, null);
    }

    private CoordinatorClient(Connection connection, @Nullable ConnectionFile announcement) {
        this.connection = connection;
        this.announcement = announcement;
    }

    /** Of a stack that another command runs, and may stop. */
    static CoordinatorClient ofAnnounced(Connection connection, ConnectionFile announcement) {
        return new CoordinatorClient(connection, announcement);
    }

    /** Whether the stack was stopped, rather than is away for a while. */
    boolean isStopped() throws IOException {
        return announcement != null
                && announcement
                        .read()
                        .filter(announced -> announced.url().equals(connection.url()))
                        .isEmpty();
    }

    URI url() {
        return connection.url();
    }

    /** Whom the server takes the key's holder for. */
    KeyHolder keyHolder() throws IOException, InterruptedException {
        return read(send(requestOf("/api/v1/caller").GET()), KeyHolder.class);
    }

    PoolList pools() throws IOException, InterruptedException {
        return read(send(requestOf("/api/v1/pools").GET()), PoolList.class);
    }

    /** @param key the same request with it a second time gives the search that the first one made */
    Finding submit(JsonNode searchFile, UUID key) throws IOException, InterruptedException {
        return finding(send(request("")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key.toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(MessageJson.write(searchFile)))));
    }

    /**
     * The newest first.
     *
     * @param query which are wanted, by parameter
     */
    SearchList list(Map<String, String> query) throws IOException, InterruptedException {
        return read(send(request("?" + parameters(query)).GET()), SearchList.class);
    }

    Finding show(UUID searchId) throws IOException, InterruptedException {
        return finding(send(request("/" + searchId).GET()));
    }

    /** @param query how its points are to be read, by parameter */
    Finding analyze(UUID searchId, Map<String, String> query) throws IOException, InterruptedException {
        return finding(
                send(request("/" + searchId + "/analysis?" + parameters(query)).GET()));
    }

    private static String parameters(Map<String, String> query) {
        return query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    Finding cancel(UUID searchId) throws IOException, InterruptedException {
        return finding(send(request("/" + searchId + "/cancel").POST(HttpRequest.BodyPublishers.noBody())));
    }

    private HttpRequest.Builder request(String path) {
        return requestOf("/api/v1/searches" + path);
    }

    private HttpRequest.Builder requestOf(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(connection.url().toString().replaceAll("/+$", "") + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json, application/problem+json");
        if (connection.apiKey() != null) {
            request.header("Authorization", "Bearer " + connection.apiKey());
        }
        return request;
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = exchange(request.build());
        int status = response.statusCode();
        if (status < 300) {
            return response.body();
        }
        String sentence = problem(response);
        if (status == UNAUTHORIZED) {
            throw Complaint.failed("the server " + url() + " does not know who calls: " + sentence
                    + (ServerChoice.keyOfEnvironment().isPresent()
                            ? "; the key is that of STEPSAMPLER_API_KEY: set one of this server, or none"
                            : "; store a key with `stepsampler login " + url() + "` or set STEPSAMPLER_API_KEY"));
        }
        if (status == UNPROCESSABLE || status == 400) {
            throw Complaint.refused(sentence);
        }
        Optional<NotNow> notNow = NotNow.of(response, sentence);
        if (notNow.isPresent()) {
            throw notNow.get();
        }
        if (status >= 500) {
            throw new IOException(sentence);
        }
        throw Complaint.failed(sentence);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("the server " + connection.url() + " does not answer: " + Reason.of(e), e);
        }
    }

    private static String problem(HttpResponse<byte[]> response) {
        String fallback = response.request().uri() + " answered with status " + response.statusCode();
        try {
            JsonNode problem = MessageJson.mapper().readTree(response.body());
            return problem.path("detail").asText(problem.path("title").asText(fallback));
        } catch (IOException e) {
            return fallback;
        }
    }

    private static Finding finding(byte[] body) throws IOException {
        return read(body, Finding.class);
    }

    private static <T> T read(byte[] body, Class<T> type) throws IOException {
        try {
            return MessageJson.read(body, type);
        } catch (UnreadableMessage e) {
            throw new IOException("the server's answer cannot be read: " + e.getMessage(), e);
        }
    }
}
