package io.stepsampler.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outbox on a thread of its own. A crash between the send and the commit sends again: receivers have an
 * inbox. Several relays may run; they send in no common order: messages have revisions. Only {@link #stop} ends it: a
 * service whose relay is gone looks healthy and says nothing.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 64;
    private static final long POLL_MILLIS = 200;
    private static final long SEND_LIMIT_SECONDS = 150;
    private static final long PAUSE_AFTER_A_BUG_MILLIS = 1_000;

    private final Jdbi database;
    private final Function<OutgoingMessage, CompletionStage<Void>> send;
    private final Semaphore hint = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /** @param send completes when the broker has the message */
    public Relay(Jdbi database, Function<OutgoingMessage, CompletionStage<Void>> send) {
        this.database = database;
        this.send = send;
        this.thread = new Thread(this::run, "outbox-relay");
    }

    public void start() {
        thread.start();
    }

    /** Says that something was committed. Without the hint the relay looks five times a second. */
    public void wake() {
        hint.release();
    }

    /** Ends after the batch in hand. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (!stopping) {
                sendWhatIsDue();
                if (hint.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    hint.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the outbox relay was told to stop");
        }
    }

    private void sendWhatIsDue() throws InterruptedException {
        try {
            Patience.untilDone("the outbox relay", this::sendAll);
        } catch (RuntimeException | Error e) {
            LOG.error("the outbox relay failed and goes on", e);
            Thread.sleep(PAUSE_AFTER_A_BUG_MILLIS);
        }
    }

    private void sendAll() {
        while (!stopping && database.inTransaction(this::sendBatch) == BATCH) {
            LOG.debug("a full batch was claimed; there may be more");
        }
    }

    /** What could not be sent stays for later, and keeps nothing else from leaving. */
    private int sendBatch(Handle transaction) {
        Map<Long, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        for (Outbox.Entry entry : Outbox.claim(transaction, BATCH)) {
            sent.put(entry.id(), send(entry.message()));
        }
        if (sent.isEmpty()) {
            return 0;
        }
        await(CompletableFuture.allOf(sent.values().toArray(CompletableFuture<?>[]::new)));
        Map<Boolean, List<Long>> ids = sent.keySet().stream()
                .collect(Collectors.partitioningBy(id -> isDone(Objects.requireNonNull(sent.get(id)))));
        Outbox.delete(transaction, Objects.requireNonNull(ids.get(true)));
        List<Long> unsent = Objects.requireNonNull(ids.get(false));
        if (!stopping && !unsent.isEmpty()) {
            Outbox.postpone(transaction, unsent);
        }
        return sent.size();
    }

    private CompletableFuture<Void> send(OutgoingMessage message) {
        try {
            return send.apply(message).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isDone(CompletableFuture<Void> sent) {
        return sent.isDone() && !sent.isCompletedExceptionally();
    }

    private static void await(CompletableFuture<Void> all) {
        try {
            all.get(SEND_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("a message stays in the outbox: {}", e.toString());
        }
    }
}
