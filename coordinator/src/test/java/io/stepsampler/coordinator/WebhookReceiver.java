package io.stepsampler.coordinator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** A receiver of events that keeps what it was sent, and answers as it is told. */
final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final IntFunction<Reply> replies;
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    /** An answer of HTTP without a body. */
    record Reply(int status, Map<String, String> headers) {

        static Reply of(int status) {
            return new Reply(status, Map.of());
        }
    }

    /** A request as it came. */
    record Received(
            String method,
            String path,
            String contentType,
            String id,
            String timestamp,
            String signatures,
            String body) {

        private static Received of(HttpExchange exchange) throws IOException {
            return new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("content-type"),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        /** As a receiver checks it: one of the signatures is that of the secret. */
        boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
                byte[] digest = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
                return Set.of(signatures.split(" ", -1))
                        .contains("v1," + Base64.getEncoder().encodeToString(digest));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param replies by the number of the request, from 0; may wait */
    WebhookReceiver(IntFunction<Reply> replies) {
        this(server(), replies);
    }

    private WebhookReceiver(HttpServer server, IntFunction<Reply> replies) {
        this.server = server;
        this.replies = replies;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static WebhookReceiver accepting() {
        return new WebhookReceiver(number -> Reply.of(204));
    }

    /** With a certificate. */
    static WebhookReceiver secure(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new WebhookReceiver(server, number -> Reply.of(204));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(anyPort(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int number;
        synchronized (received) {
            number = received.size();
            received.add(Received.of(exchange));
        }
        Reply reply = replies.apply(number);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/findings";
    }

    List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
