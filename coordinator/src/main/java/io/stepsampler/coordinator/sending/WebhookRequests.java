package io.stepsampler.coordinator.sending;

import io.netty.channel.ConnectTimeoutException;
import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.RetryAfter;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and tells what came of it. The connection goes to a given address, with the host's name for its
 * certificate; redirects are not followed; of the answer's body, a little is read and nothing is kept.
 */
final class WebhookRequests {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_BODY_BYTES = 1 << 16;

    /** More than are ever wanted: a request must not wait for another one to the same host. */
    private static final int MOST_CONNECTIONS_TO_A_HOST = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration timeout;

    /** @param trust whose certificates count; null for the platform's */
    WebhookRequests(Vertx vertx, Duration timeout, @Nullable TrustOptions trust) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(MOST_CONNECTIONS_TO_A_HOST)
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setSslHandshakeTimeout(CONNECT_LIMIT.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTrustOptions(trust));
    }

    /**
     * Waits for the answer.
     *
     * @throws InterruptedException when the service stops before it is there
     */
    Answer post(WebhookUrl url, InetAddress address, Map<String, String> headers, String body)
            throws InterruptedException {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setSsl(url.isSecure())
                .setHost(url.host())
                .setPort(url.port())
                .setURI(url.target());
        headers.forEach(options::putHeader);
        Future<Answer> answer = client.request(options).compose(request -> exchange(request, body));
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.plus(CONNECT_LIMIT.multipliedBy(3)).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return new Answer.None(reason(url.host(), e.getCause()));
        } catch (TimeoutException e) {
            return new Answer.None(late(url.host()));
        }
    }

    /** However far it has come when its time is over, it ends. */
    private Future<Answer> exchange(HttpClientRequest request, String body) {
        long timer = vertx.setTimer(timeout.toMillis(), late -> request.reset());
        return request.send(Buffer.buffer(body))
                .compose(response -> read(request, response))
                .onComplete(done -> vertx.cancelTimer(timer));
    }

    private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response) {
        Duration retryAfter = Optional.ofNullable(response.getHeader("Retry-After"))
                .flatMap(text -> RetryAfter.parse(text, Instant.now()))
                .orElse(null);
        Answer answer = new Answer.Status(response.statusCode(), retryAfter);
        AtomicInteger bytes = new AtomicInteger();
        response.handler(part -> {
            if (bytes.addAndGet(part.length()) > MOST_BODY_BYTES) {
                request.reset();
            }
        });
        return response.end().map(answer).otherwise(answer);
    }

    /** In words of our own: what the other side sent may be a secret of something that is no receiver at all. */
    private String reason(String host, @Nullable Throwable failure) {
        if (failure instanceof StreamResetException) {
            return late(host);
        }
        if (failure instanceof SSLException) {
            return "no secure connection to " + host + CertificateFault.of(failure);
        }
        if (failure instanceof ConnectTimeoutException) {
            return "no connection to " + host + " within " + CONNECT_LIMIT.toSeconds() + " seconds";
        }
        if (failure instanceof SocketException) {
            return "no connection to " + host;
        }
        if (failure instanceof HttpClosedException) {
            return host + " closed the connection without an answer";
        }
        return host + " gave no answer of HTTP";
    }

    private String late(String host) {
        return host + " did not answer within " + timeout.toSeconds() + " seconds";
    }
}
