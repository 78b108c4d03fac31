package io.stepsampler.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outbox on a thread of its own. A crash between the send and the commit sends again: receivers have an
 * inbox. Several relays may run; they send in no common order: messages have revisions.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 64;
    private static final long POLL_MILLIS = 200;
    private static final long SEND_LIMIT_SECONDS = 150;

    private final Jdbi database;
    private final Function<OutgoingMessage, CompletionStage<Void>> send;
    private final Semaphore hint = new Semaphore(0);
    private final Thread thread;

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
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Patience.untilDone("the outbox relay", this::sendAll);
                if (hint.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    hint.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the outbox relay was told to stop");
        }
    }

    private void sendAll() {
        while (database.inTransaction(this::sendBatch) == BATCH) {
            LOG.debug("a full batch was sent; there may be more");
        }
    }

    private int sendBatch(Handle transaction) {
        List<OutgoingMessage> batch = Outbox.claim(transaction, BATCH);
        CompletableFuture<?>[] sent = batch.stream()
                .map(message -> send.apply(message).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(sent));
        return batch.size();
    }

    private static void await(CompletableFuture<Void> all) {
        try {
            all.get(SEND_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the broker did not take a message", e);
        }
    }
}
