package io.stepsampler.coordinator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A way to a reader who takes what is sent when the test says so. */
final class HeldLine implements FindingStream.Line {

    private final List<String> sent = new ArrayList<>();
    private CompletableFuture<Void> onItsWay = CompletableFuture.completedFuture(null);
    private String state = "open";

    List<String> sent() {
        return List.copyOf(sent);
    }

    String state() {
        return state;
    }

    void take() {
        onItsWay.complete(null);
    }

    void breakOff() {
        onItsWay.completeExceptionally(new IllegalStateException("connection reset by peer"));
    }

    @Override
    public CompletionStage<?> send(FindingStream.News news) {
        return send(news.version());
    }

    @Override
    public CompletionStage<?> sendSignOfLife() {
        return send("sign of life");
    }

    private CompletionStage<?> send(String text) {
        if (!onItsWay.isDone()) {
            throw new AssertionError(text + " is sent while " + sent.get(sent.size() - 1) + " is on its way");
        }
        sent.add(text);
        onItsWay = new CompletableFuture<>();
        return onItsWay;
    }

    @Override
    public boolean isClosed() {
        return !state.equals("open");
    }

    @Override
    public void close() {
        state = "closed";
    }

    @Override
    public void cut() {
        state = "cut";
    }
}
