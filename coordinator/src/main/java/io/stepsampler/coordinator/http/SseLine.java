package io.stepsampler.coordinator.http;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Server-sent events to one reader. */
record SseLine(SseEventSink sink, Sse sse, HttpServerResponse response) implements FindingStream.Line {

    @Override
    public CompletionStage<?> send(FindingStream.News news) {
        return send(sse.newEventBuilder()
                .name("finding")
                .id(news.version())
                .data(news.finding())
                .build());
    }

    @Override
    public CompletionStage<?> sendSignOfLife() {
        return send(sse.newEventBuilder().comment("still here").build());
    }

    private CompletionStage<?> send(OutboundSseEvent event) {
        try {
            return sink.send(event);
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public void close() {
        sink.close();
    }

    /** What the reader has not taken is dropped with a stream of HTTP/2, and with the connection where it has its own. */
    @Override
    public void cut() {
        response.reset();
    }
}
