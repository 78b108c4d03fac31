package io.stepsampler.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The packaged local mode as a process of its own, with a folder of its own. */
record RunningStack(Process process, URI url, String apiKey, String bootstrapServers, HttpClient client)
        implements AutoCloseable {

    private static final Pattern BOOTSTRAP = Pattern.compile("-Dkafka\\.bootstrap\\.servers=(\\S+)");
    private static final int FIRST_ERROR = 400;
    private static final Duration JOINED_WITHIN = Duration.ofSeconds(2);
    private static final long READY_SECONDS = 120;
    private static final long END_SECONDS = 60;

    /** @param slots trials that each worker runs at once */
    static RunningStack start(Path folder, int workers, int slots) throws IOException, InterruptedException {
        Path data = folder.resolve("stack");
        ProcessBuilder program = new ProcessBuilder(List.of(
                        System.getProperty("stepsampler.launcher"),
                        "up",
                        "--port",
                        "0",
                        "--workers",
                        Integer.toString(workers),
                        "--data",
                        data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stack.log").toFile());
        program.environment().put("STEPSAMPLER_SLOTS", Integer.toString(slots));
        // as services that stay; the local mode spares the second compiler, which pays after minutes only
        program.environment().put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4");
        Process process = program.start();
        Path connection = data.resolve("connection.json");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!Files.exists(connection)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the stack did not start: " + Files.readString(folder.resolve("stack.log")));
            }
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        JsonNode known = MessageJson.mapper().readTree(connection.toFile());
        return new RunningStack(
                process,
                URI.create(known.path("url").asText()),
                known.path("apiKey").asText(),
                bootstrapServers(process),
                HttpClient.newHttpClient());
    }

    private static String bootstrapServers(Process process) {
        return process.descendants()
                .map(child -> BOOTSTRAP.matcher(child.info().commandLine().orElse("")))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** @return the search's id */
    String submit(String key, String idempotencyKey, String searchFile) throws IOException, InterruptedException {
        return call(key, "POST", "/api/v1/searches", searchFile, "Idempotency-Key", idempotencyKey)
                .path("searchId")
                .asText();
    }

    /** As an administrator of the platform, who acts for the team local. */
    String submit(String idempotencyKey, String searchFile) throws IOException, InterruptedException {
        return submit(apiKey, idempotencyKey, searchFile);
    }

    /** A key of a member of a team that is declared with it. */
    String newTeam(String team, String declaration) throws IOException, InterruptedException {
        call(apiKey, "PUT", "/api/v1/teams/" + team, declaration);
        return call(
                        apiKey,
                        "POST",
                        "/api/v1/teams/" + team + "/api-keys",
                        "{\"name\": \"bench\", \"role\": \"member\"}")
                .path("apiKey")
                .asText();
    }

    JsonNode call(String key, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= FIRST_ERROR) {
            throw new IllegalStateException(method + " " + path + ": " + response.body());
        }
        return MessageJson.mapper().readTree(response.body());
    }

    /** Reads what comes from now on, much of it together, to take little from the cores that are measured. */
    KafkaConsumer<String, byte[]> reader(String... topics) {
        KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "bench-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "latest",
                        "fetch.min.bytes",
                        1 << 20,
                        "fetch.max.wait.ms",
                        200),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        reader.subscribe(List.of(topics));
        reader.poll(JOINED_WITHIN);
        return reader;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    }
}
