package io.stepsampler.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers like a coordinator what a test says, to each request one answer after the other and the last one for ever. */
final class ScriptedServer implements AutoCloseable {

    private static final int NO_ANSWER = 0;
    private static final int NOT_FOUND = 404;

    /** {@code retryAfter}: the header of that name, blank where there is none. */
    record Answer(int status, String retryAfter, String json) {

        static Answer of(String json) {
            return new Answer(200, "", json);
        }

        static Answer of(int status) {
            return new Answer(status, "", "{}");
        }

        static Answer notNow(int status, String retryAfter) {
            return new Answer(status, retryAfter, "{\"detail\": \"not now\"}");
        }

        /** The connection is cut instead. */
        static Answer none() {
            return of(NO_ANSWER);
        }
    }

    /** {@code request}: method and path. */
    record Asked(String request, Map<String, List<String>> headers) {}

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private ScriptedServer(HttpServer server) {
        this.server = server;
    }

    static ScriptedServer start() throws IOException {
        ScriptedServer started =
                new ScriptedServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        started.server.createContext("/", started::answer);
        started.server.start();
        return started;
    }

    /** @param request method and path */
    ScriptedServer answering(String request, Answer... inTurn) {
        answers.put(request, new ArrayDeque<>(List.of(inTurn)));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Which requests came, in their order. */
    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    /** What was sent as that header of the requests, in their order. */
    List<String> headers(String request, String name) {
        return asked.stream()
                .filter(one -> one.request().equals(request))
                .flatMap(one -> one.headers().getOrDefault(name, List.of()).stream())
                .toList();
    }

    void await(String request) throws InterruptedException {
        String arrived = arrivals.take();
        while (!arrived.equals(request)) {
            arrived = arrivals.take();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(request, Map.copyOf(exchange.getRequestHeaders())));
        arrivals.add(request);
        Answer answer = next(request);
        if (answer.status() != NO_ANSWER) {
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
            }
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private Answer next(String request) {
        Deque<Answer> inTurn = answers.getOrDefault(request, new ArrayDeque<>(List.of(Answer.of(NOT_FOUND))));
        return inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
    }
}
