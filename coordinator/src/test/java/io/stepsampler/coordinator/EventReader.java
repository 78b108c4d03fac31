package io.stepsampler.coordinator;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stepsampler.embedded.ServiceStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads one server-sent event after another; nothing after the last. A stream that hangs fails the test. */
record EventReader(InputStream body, BufferedReader lines) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static EventReader of(InputStream body) {
        return new EventReader(body, new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }

    static HttpRequest.Builder request(String address, UUID searchId) {
        return HttpRequest.newBuilder(URI.create(address).resolve("/api/v1/searches/" + searchId + "/events"))
                .header("Authorization", "Bearer " + ServiceStack.FIRST_KEY)
                .header("Accept", "text/event-stream");
    }

    static HttpResponse<InputStream> answer(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    List<String> next() {
        return assertTimeoutPreemptively(PATIENCE, this::read);
    }

    private List<String> read() throws IOException {
        List<String> event = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && (!line.isEmpty() || event.isEmpty())) {
            if (!line.isEmpty() && !isBesideEvents(line)) {
                event.add(line);
            }
            line = lines.readLine();
        }
        return event;
    }

    /** A sign of life, or, where the connection itself is read, the size of a chunk. */
    private static boolean isBesideEvents(String line) {
        return line.startsWith(":") || line.matches("[0-9a-f]+");
    }

    static String id(List<String> event) {
        return event.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> line.substring("id:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Not by the reader of lines, which a stream that hangs keeps locked. */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
