package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in processes of their own, beside a local service: they have another environment. */
class ServerChoiceTest {

    private final List<String> keys = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home = Path.of("");

    private HttpServer service;

    @BeforeEach
    void announceAService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/q/health/ready", exchange -> answer(exchange, "{}"));
        service.createContext("/api/v1/searches", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, "{\"searches\": []}");
        });
        service.start();
        Files.writeString(
                Files.createDirectory(home.resolve(".stepsampler")).resolve("connection.json"),
                "{\"url\": \"http://127.0.0.1:%d\", \"apiKey\": \"of-the-file\"}"
                        .formatted(service.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void theKeyOfTheEnvironmentCountsForTheLocalServiceToo() throws Exception {
        list(Map.of(ServerChoice.KEY_VARIABLE, "of-the-environment"));

        assertThat(keys).containsExactly("Bearer of-the-environment");
    }

    @Test
    void withoutOneTheLocalServiceIsAskedWithItsOwnKey() throws Exception {
        list(Map.of());

        assertThat(keys).containsExactly("Bearer of-the-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stps_se\tcret", "stps_se\ncret", "stps_se cret", "stps_secret\u007f"})
    void aKeyThatCannotBeSentIsRefusedWithoutBeingShown(String key) throws Exception {
        CommandProcess list = CommandProcess.start(home, Map.of(ServerChoice.KEY_VARIABLE, key), "list");

        assertThat(list.awaitEnd()).as(list.printed()).isEqualTo(ExitCodes.REFUSED);
        assertThat(list.printed())
                .isEqualToIgnoringNewLines(
                        "STEPSAMPLER_API_KEY has a character that no key has; must be visible ASCII characters alone");
        assertThat(keys).isEmpty();
    }

    private void list(Map<String, String> variables) throws IOException, InterruptedException {
        CommandProcess list = CommandProcess.start(home, variables, "list");
        assertThat(list.awaitEnd()).as(list.printed()).isEqualTo(ExitCodes.FOUND);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
