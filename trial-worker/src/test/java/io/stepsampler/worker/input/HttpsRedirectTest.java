package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTPS server; only here does loopback count as public. */
class HttpsRedirectTest {

    @TempDir
    private Path folder;

    @TempDir
    private static Path keys;

    private static HttpsHost host;

    private Sources sources;

    @BeforeAll
    static void start() throws Exception {
        host = HttpsHost.start(keys);
    }

    @BeforeEach
    void open() {
        host.forget();
        host.put("/linear.pt", "weights", "\"1\"");
        sources = HttpsSources.of(host, folder.resolve("cache"));
    }

    @AfterEach
    void close() {
        sources.close();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void aRedirectAmongTheConfiguredHostsIsFollowed() throws Exception {
        host.redirect("/latest.pt", "/linear.pt");
        assertThat(read(host.uri("/latest.pt"))).isEqualTo("weights");
        read(host.uri("/latest.pt"));
        assertThat(host.requests().stream().filter("GET /linear.pt"::equals)).hasSize(1);
    }

    @Test
    void aRedirectToAnotherHostIsRefused() {
        host.redirect("/latest.pt", "https://elsewhere.example/linear.pt");
        String latest = host.uri("/latest.pt");
        assertRefused(
                () -> sources.of("vision").file(KEY, latest),
                Code.POLICY,
                latest,
                "the host elsewhere.example is not among those that this worker asks, [" + host.name() + "]");
    }

    @Test
    void aRedirectToPlainHttpIsRefused() {
        host.redirect("/latest.pt", "http://localhost/linear.pt");
        String latest = host.uri("/latest.pt");
        assertRefused(
                () -> sources.of("vision").file(KEY, latest),
                Code.BAD_INPUT,
                latest,
                "it must be https://HOST/PATH, not http://localhost/linear.pt");
    }

    @Test
    void aRedirectWithoutEndIsRefused() {
        host.redirect("/latest.pt", "/latest.pt");
        String latest = host.uri("/latest.pt");
        assertRefused(
                () -> sources.of("vision").file(KEY, latest),
                Code.BAD_INPUT,
                latest,
                "its host redirects more than 5 times");
    }

    @Test
    void aRedirectToNoUriIsRefused() {
        host.redirect("/latest.pt", "https://a b");
        String latest = host.uri("/latest.pt");
        assertRefused(
                () -> sources.of("vision").file(KEY, latest),
                Code.BAD_INPUT,
                latest,
                "its host redirects to https://a b, which is no URI");
    }

    private String read(String location) throws Refusal, IOException {
        return HttpsSources.read(sources, location);
    }
}
