package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("reads what is printed to standard output and standard error")
class StoredSearchTest {

    private static final String SEARCH_ID = "0a1b2c3d-0000-0000-0000-000000000001";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = listening();
    private final String url = "http://127.0.0.1:" + server.getAddress().getPort();

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a1b2c",
                "0A1B2C",
                "0a1b2c3d-0000-0000-0000-000000000001",
                "0A1B2C3D-0000-0000-0000-000000000001"
            })
    void aStoredSearchIsAnalyzedByItsIdOrTheBeginningOfItInEitherCase(String named) {
        answer("/api/v1/searches", """
                {"searches": [{"searchId": "%s", "state": "UNRELIABLE", "submittedAt": "2026-01-01T00:00:00Z"}]}
                """.formatted(SEARCH_ID));
        answer("/api/v1/searches/" + SEARCH_ID + "/analysis", """
                {"searchId": "%s", "state": "UNRELIABLE"}
                """.formatted(SEARCH_ID));

        CommandRun result = CommandRun.of("analyze", named, "--server", url);

        assertThat(result.exitCode()).as(result.errors()).isEqualTo(ExitCodes.UNRELIABLE);
        assertThat(result.output()).contains(SEARCH_ID);
        assertThat(asked).allMatch(query -> query.isEmpty() || query.equals("searchId=0a1b2c"));
    }

    @Test
    void aNameThatIsNeitherAFileNorTheBeginningOfAnIdIsToldAsBoth() {
        answer("/api/v1/searches", "{\"searches\": []}");

        CommandRun result = CommandRun.of("analyze", "cafe", "--server", url);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines(
                        "there is no file cafe; taken for the ID of a search: there is no search cafe");
    }

    @ParameterizedTest
    @CsvSource({"--momentum, 0.9", "--steps, 5"})
    void withAnOptionForCurvesSuchANameIsToldAsBothToo(String option, String value) {
        CommandRun result = CommandRun.of("analyze", "20240101", option, value, "--server", url);

        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("there is no file 20240101; taken for the ID of a search: " + option
                        + " is for a curve; a stored search has its own");
        assertThat(asked).isEmpty();
    }

    private static HttpServer listening() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(String path, String json) {
        server.createContext(path, exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getQuery()).replace("null", ""));
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
