package io.stepsampler.coordinator.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers that do not answer as receivers should. */
class UnkindReceiverTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Map<String, String> HEADERS = Map.of("webhook-id", "17", "content-type", "text/x");

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        testIsOver.countDown();
        listener.close();
        threads.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void whoDoesNotAnswerInTimeIsWaitedForNoLonger() throws Exception {
        serve(connection -> testIsOver.await());

        assertThat(post(url())).isEqualTo(new Answer.None("receiver.test did not answer within 2 seconds"));
    }

    @Test
    void anAnswerCountsThoughItsBodyDoesNotEnd() throws Exception {
        serve(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            testIsOver.await();
        });

        assertThat(post(url())).isEqualTo(new Answer.Status(200, null));
    }

    @Test
    void ofAnEndlessBodyALittleIsRead() throws Exception {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        serve(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            written.complete(writeUntilRefused(connection));
        });

        assertThat(post(url())).isEqualTo(new Answer.Status(200, null));
        assertThat(written.get()).isLessThan(100_000_000);
    }

    private static int writeUntilRefused(Socket connection) {
        byte[] part = new byte[10_000];
        int bytes = 0;
        try {
            OutputStream out = connection.getOutputStream();
            while (bytes < 1_000_000_000) {
                out.write(part);
                bytes += part.length;
            }
        } catch (IOException closed) {
            return bytes;
        }
        return bytes;
    }

    @Test
    void whoClosesTheConnectionGaveNoAnswer() throws Exception {
        serve(connection -> {
            connection.getInputStream().read();
            connection.close();
        });

        assertThat(post(url())).isEqualTo(new Answer.None("receiver.test closed the connection without an answer"));
    }

    @Test
    void whatIsNoReceiverIsNotQuoted() throws Exception {
        serve(connection -> write(connection, "-ERR the secret of another service\r\n\r\n"));

        assertThat(post(url())).isEqualTo(new Answer.None("receiver.test gave no answer of HTTP"));
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        String url = url();
        listener.close();

        assertThat(post(url)).isEqualTo(new Answer.None("no connection to receiver.test"));
    }

    @Test
    void aRequestDoesNotWaitForAnotherToTheSameHost() throws Exception {
        serve(connection -> testIsOver.await());
        WebhookRequests requests = new WebhookRequests(vertx, Duration.ofSeconds(60), null);
        WebhookUrl slow = new WebhookUrl(url());
        for (int request = 0; request < 20; request++) {
            threads.execute(() -> {
                try {
                    requests.post(slow, InetAddress.getLoopbackAddress(), HEADERS, "");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> connections.get() == 20);
    }

    /** What a receiver does with a connection after the head of a request has come. */
    private interface Talk {

        void with(Socket connection) throws IOException, InterruptedException;
    }

    private void serve(Talk talk) {
        threads.execute(() -> {
            try {
                while (true) {
                    Socket connection = listener.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> talk(talk, connection));
                }
            } catch (IOException closed) {
                testIsOver.countDown();
            }
        });
    }

    private static void talk(Talk talk, Socket connection) {
        try (connection) {
            connection.getInputStream().read();
            talk.with(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    private String url() {
        return "http://receiver.test:" + listener.getLocalPort() + "/";
    }

    private Answer post(String url) throws InterruptedException {
        return new WebhookRequests(vertx, TIMEOUT, null)
                .post(new WebhookUrl(url), InetAddress.getLoopbackAddress(), HEADERS, "{}");
    }
}
