package io.stepsampler.worker.input;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A real HTTPS server on loopback with a certificate of its own, which tells what it was asked for. */
final class HttpsHost implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final SSLContext trust;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private HttpsHost(HttpsServer server, SSLContext trust) {
        this.server = server;
        this.trust = trust;
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param version sent as an ETag */
    private record Answer(
            int status,
            String content,
            @Nullable String version,
            @Nullable String redirect) {}

    /** @param folder for the key store */
    static HttpsHost start(Path folder) throws Exception {
        KeyStore store = keyStore(folder.resolve("https.p12"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = context(store);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new HttpsHost(server, context);
    }

    /** Trusts this server's certificate, which is for the name localhost. */
    SSLContext trust() {
        return trust;
    }

    /** As the worker is configured with it. */
    String name() {
        return "localhost:" + server.getAddress().getPort();
    }

    String uri(String path) {
        return "https://" + name() + path;
    }

    void put(String path, String content, @Nullable String version) {
        answers.put(path, new Answer(200, content, version, null));
    }

    void redirect(String path, String target) {
        answers.put(path, new Answer(302, "", null, target));
    }

    void fail(String path, int status) {
        answers.put(path, new Answer(status, "", null, null));
    }

    /** Such as {@code HEAD /linear.pt}, in order; forgotten by the next call. */
    List<String> requests() {
        synchronized (requests) {
            List<String> seen = List.copyOf(requests);
            requests.clear();
            return seen;
        }
    }

    void forget() {
        answers.clear();
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            Answer answer = answers.getOrDefault(path, new Answer(404, "", null, null));
            if (answer.version() != null) {
                exchange.getResponseHeaders().set("ETag", answer.version());
            }
            if (answer.redirect() != null) {
                exchange.getResponseHeaders().set("Location", answer.redirect());
            }
            boolean content = exchange.getRequestMethod().equals("GET")
                    && !answer.content().isEmpty();
            byte[] body = answer.content().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), content ? body.length : -1);
            if (content) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static KeyStore keyStore(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + keytool.exitValue());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        try {
            certificates.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store needs no reading", e);
        }
        certificates.setCertificateEntry("host", store.getCertificate("host"));
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
