package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("reads what is printed to standard output and standard error")
class StoredSearchTest {

    @Test
    void aStoredSearchIsAnalyzedByTheBeginningOfItsId() throws Exception {
        String searchId = "0a1b2c3d-0000-0000-0000-000000000001";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/api/v1/searches", """
                {"searches": [{"searchId": "%s", "state": "UNRELIABLE", "submittedAt": "2026-01-01T00:00:00Z"}]}
                """.formatted(searchId));
        answer(server, "/api/v1/searches/" + searchId + "/analysis", """
                {"searchId": "%s", "state": "UNRELIABLE"}
                """.formatted(searchId));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            CommandRun result = CommandRun.of("analyze", "0a1b2c", "--server", url);
            assertThat(result.exitCode()).as(result.errors()).isEqualTo(ExitCodes.UNRELIABLE);
            assertThat(result.output()).contains(searchId);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
