package io.stepsampler.coordinator.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.stepsampler.coordinator.TestCertificate;
import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request; the host's name is one that no name service knows. */
class WebhookRequestsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, String> HEADERS = Map.of("webhook-id", "17", "content-type", "text/x");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void theRequestGoesToTheGivenAddressWithTheNameOfTheHost() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.complete(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(503, 0);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();

        Answer answer = post("http://receiver.test:" + port + "/a?b=c");
        server.stop(0);

        assertThat(answer).isEqualTo(new Answer.Status(503, Duration.ofSeconds(7)));
        assertThat(seen.get()).isEqualTo("POST /a?b=c receiver.test:" + port + " 17 {\"ö\":1}");
    }

    @Test
    void anAddressOfIpv6StandsInBrackets() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(HexFormat.of().parseHex("0".repeat(31) + "1"));
        assumeTrue(loopback.isReachable(1000), "this machine has no IPv6");
        CompletableFuture<String> host = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", exchange -> {
            host.complete(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String authority = "[::1]:" + server.getAddress().getPort();

        Answer answer = new WebhookRequests(vertx, TIMEOUT, null)
                .post(new WebhookUrl("http://" + authority), loopback, HEADERS, "");
        server.stop(0);

        assertThat(answer).isEqualTo(new Answer.Status(200, null));
        assertThat(host.get()).isEqualTo(authority);
    }

    @Test
    void aCertificateCountsIfItIsTrustedAndForTheHost(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("receiver.p12");
        TestCertificate certificate = TestCertificate.of("receiver.test", store);
        CompletableFuture<String> asked = new CompletableFuture<>();
        HttpsServer server = secure(certificate, asked);
        String rest = ":" + server.getAddress().getPort() + "/";
        PfxOptions trust = new PfxOptions().setPath(store.toString()).setPassword(TestCertificate.PASSWORD);

        Answer trusted = post("https://receiver.test" + rest, trust);
        Answer otherName = post("https://other.test" + rest, trust);
        Answer untrusted = post("https://receiver.test" + rest);
        server.stop(0);

        assertThat(trusted).isEqualTo(new Answer.Status(200, null));
        assertThat(asked.get()).contains("receiver.test");
        assertThat(otherName.fault())
                .isEqualTo("no secure connection to other.test: its certificate is for another name");
        assertThat(untrusted.fault())
                .isEqualTo("no secure connection to receiver.test: its certificate is from nobody who is trusted here");
    }

    @Test
    void aCertificateOfYesterdayIsToldAsSuch(@TempDir Path folder) throws Exception {
        Path issuer = folder.resolve("issuer.pem");
        TestCertificate certificate = TestCertificate.expired("receiver.test", folder.resolve("receiver.p12"), issuer);
        HttpsServer server = secure(certificate, new CompletableFuture<>());

        Answer expired = post(
                "https://receiver.test:" + server.getAddress().getPort() + "/",
                new PemTrustOptions().addCertPath(issuer.toString()));
        server.stop(0);

        assertThat(expired.fault()).isEqualTo("no secure connection to receiver.test: its certificate has expired");
    }

    @Test
    void aReceiverThatDoesNotSpeakTlsIsNotBlamedForItsCertificate() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();

        Answer plain = post("https://receiver.test:" + server.getAddress().getPort() + "/");
        server.stop(0);

        assertThat(plain.fault()).isEqualTo("no secure connection to receiver.test");
    }

    private static HttpsServer secure(TestCertificate certificate, CompletableFuture<String> asked) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", exchange -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            asked.complete(session.getRequestedServerNames().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Answer post(String url) throws InterruptedException {
        return post(url, null);
    }

    private Answer post(String url, @Nullable TrustOptions trust) throws InterruptedException {
        return new WebhookRequests(vertx, TIMEOUT, trust)
                .post(new WebhookUrl(url), InetAddress.getLoopbackAddress(), HEADERS, "{\"ö\":1}");
    }
}
