package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTPS server; only here does loopback count as public. */
class HttpsSourcesTest {

    @TempDir
    private Path folder;

    @TempDir
    private static Path keys;

    private static HttpsHost host;

    private Sources sources;
    private String file;

    @BeforeAll
    static void start() throws Exception {
        host = HttpsHost.start(keys);
    }

    @BeforeEach
    void open() {
        host.forget();
        host.put("/linear.pt", "weights", "\"1\"");
        file = host.uri("/linear.pt");
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
    void aFileIsReadUnderItsOwnName() throws Exception {
        try (Locations locations = sources.of("vision")) {
            assertThat(locations.file(KEY, file)).hasContent("weights").hasFileName("linear.pt");
        }
    }

    @Test
    void anUnchangedFileIsNotDownloadedTwice() throws Exception {
        read(file);
        assertThat(host.requests()).containsExactly("HEAD /linear.pt", "GET /linear.pt");
        assertThat(read(file)).isEqualTo("weights");
        assertThat(host.requests()).containsExactly("HEAD /linear.pt");
    }

    @Test
    void aChangedFileIsDownloadedAnew() throws Exception {
        read(file);
        host.put("/linear.pt", "weights 2", "\"2\"");
        assertThat(read(file)).isEqualTo("weights 2");
    }

    @Test
    void aFileWithoutAVersionIsDownloadedEachTime() throws Exception {
        host.put("/linear.pt", "weights", null);
        read(file);
        host.put("/linear.pt", "weights 2", null);
        assertThat(read(file)).isEqualTo("weights 2");
    }

    @Test
    void aFileOfAnotherDigestIsRefused() {
        assertRefused(
                () -> sources.of("vision").file(KEY, file, "0123"),
                Code.BAD_INPUT,
                "model.sha256",
                "0123",
                "the file " + file + " has the SHA-256 " + Digest.of(bytes("weights")) + " instead");
    }

    @Test
    void aFolderIsRefused() {
        assertRefused(
                () -> sources.of("vision").folder("data.train", file),
                Code.BAD_INPUT,
                "data.train",
                file,
                "https: names a file; a folder must be an absolute path or a file: or s3: URI");
    }

    @Test
    void plainHttpIsRefused() {
        String plain = file.replace("https", "http");
        assertRefused(
                () -> sources.of("vision").file(KEY, plain),
                Code.POLICY,
                plain,
                "it must be https:, because http: is neither private nor unchanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"models.example", "localhost", "localhost:1", "a.models.example", "127.0.0.1:8443"})
    void aHostThatIsNotConfiguredIsRefused(String other) {
        String location = "https://" + other + "/linear.pt";
        assertRefused(
                () -> sources.of("vision").file(KEY, location),
                Code.POLICY,
                location,
                "the host " + other + " is not among those that this worker asks, [" + host.name() + "]");
    }

    @Test
    void aWorkerWithoutHostsAsksNone() {
        try (Sources closed = HttpsSources.of(List.of(), Network.open(), folder.resolve("cache"))) {
            assertRefused(
                    () -> closed.of("vision").file(KEY, file),
                    Code.POLICY,
                    file,
                    "this worker asks no https: host; stepsampler.https-hosts allows them");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:linear.pt", "https:///linear.pt", "https://a b/c", "https://user:word@localhost/a"})
    void whatNamesNoHostIsRefused(String location) {
        assertRefused(
                () -> sources.of("vision").file(KEY, location),
                Code.BAD_INPUT,
                location,
                "it must be https://HOST/PATH, not " + location);
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefused() throws Exception {
        try (Sources strict = HttpsSources.of(
                List.of(host.name()),
                new Network(SystemDefaultDnsResolver.INSTANCE, address -> true, SSLContext.getDefault()),
                folder.resolve("cache"))) {
            assertRefused(
                    () -> strict.of("vision").file(KEY, file),
                    Code.BAD_INPUT,
                    file,
                    "the worker does not trust the host's certificate");
        }
    }

    @Test
    void aMissingFileIsRefused() {
        String missing = host.uri("/missing.pt");
        assertRefused(
                () -> sources.of("vision").file(KEY, missing),
                Code.BAD_INPUT,
                missing,
                "its host answers with the status 404");
    }

    @Test
    void aFaultOfTheHostIsNoFaultOfTheSearch() {
        host.fail("/linear.pt", 502);
        assertRefused(
                () -> sources.of("vision").file(KEY, file), Code.CRASHED, file, "its host answers with the status 502");
    }

    @Test
    void aHostThatIsAwayIsNoFaultOfTheSearch() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String away = "https://localhost:" + free + "/linear.pt";
        Network network = new Network(SystemDefaultDnsResolver.INSTANCE, address -> true, host.trust());
        try (Sources nowhere = HttpsSources.of(List.of("localhost:" + free), network, folder.resolve("cache"))) {
            Refusal refusal = catchThrowableOfType(
                    Refusal.class, () -> nowhere.of("vision").file(KEY, away));
            assertThat(refusal.outcome().code()).isEqualTo(Code.CRASHED);
            assertThat(refusal).hasMessageStartingWith(KEY + " is " + away + ": it cannot be brought here (");
        }
    }

    @Test
    void aFileLargerThanTheCacheIsRefused() throws IOException {
        host.put("/large", "x".repeat(HttpsSources.CACHE_BYTES + 1), null);
        String large = host.uri("/large");
        assertRefused(
                () -> sources.of("vision").file(KEY, large),
                Code.POLICY,
                large,
                "it is larger than the 1000 bytes that the worker's cache keeps (stepsampler.cache-bytes)");
    }

    private String read(String location) throws Refusal, IOException {
        return HttpsSources.read(sources, location);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
