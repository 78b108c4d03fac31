package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.storage.SearchStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a search's findings. Each holds the whole state, so that a reader who is slow misses nothing: while one
 * finding is on its way, those that follow are not sent, and the newest is once the way is free.
 */
final class FindingStream {

    /** A finding on its way for so long has no reader. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String team;
    private final UUID searchId;
    private final Credential credential;
    private final Line line;
    private String sent;
    private CompletableFuture<?> lastSending = CompletableFuture.completedFuture(null);
    private Instant lastSentAt = Instant.MIN;

    /**
     * @param credential that opened it
     * @param sent the version of the finding that the reader has
     */
    FindingStream(String team, UUID searchId, Credential credential, String sent, Line line) {
        this.team = team;
        this.searchId = searchId;
        this.credential = credential;
        this.sent = sent;
        this.line = line;
    }

    /** What is told: the same for all who follow a search. */
    record News(String version, String finding, boolean isLast) {}

    /** The way to the reader. */
    interface Line {

        /** Ends when the connection has taken all of it. */
        CompletionStage<?> send(News news);

        CompletionStage<?> sendSignOfLife();

        boolean isClosed();

        /** After what is on its way. */
        void close();

        /** Whatever is on its way. */
        void cut();
    }

    String team() {
        return team;
    }

    UUID searchId() {
        return searchId;
    }

    Credential credential() {
        return credential;
    }

    boolean isClosed() {
        return line.isClosed();
    }

    /** Whether the reader has another version, and the way is free. */
    synchronized boolean awaits(SearchStore.@Nullable Version version) {
        return version != null && !version.toString().equals(sent) && lastSending.isDone();
    }

    /** Unless the reader has it, or the way is not free; after the last one the stream ends. */
    synchronized void tell(News news, Instant now) {
        if (!lastSending.isDone()) {
            return;
        }
        if (!news.version().equals(sent)) {
            sent = news.version();
            began(line.send(news), now);
        }
        if (news.isLast()) {
            lastSending = lastSending.whenComplete((told, gone) -> line.close());
        }
    }

    /** A connection on which nothing is sent is closed by what stands between; one that nobody reads is cut here. */
    synchronized void keepOpen(Instant now) {
        if (lastSending.isDone()) {
            began(line.sendSignOfLife(), now);
        } else if (!now.isBefore(lastSentAt.plus(PATIENCE))) {
            line.cut();
        }
    }

    synchronized void end() {
        if (lastSending.isDone()) {
            line.close();
        } else {
            line.cut();
        }
    }

    private void began(CompletionStage<?> sending, Instant now) {
        lastSentAt = now;
        lastSending = sending.toCompletableFuture().exceptionally(gone -> {
            line.close();
            return null;
        });
    }
}
