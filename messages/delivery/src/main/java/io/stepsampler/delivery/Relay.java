package io.stepsampler.delivery;

import io.stepsampler.delivery.Outbox.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outbox on a thread of its own: what this process commits at once, and whatever another has left behind once
 * it is due. A crash between the send and the deletion sends again: receivers have an inbox. Several relays may run;
 * they send in no common order: messages have revisions. Only {@link #stop} ends it: a service whose relay is gone looks
 * healthy and says nothing.
 */
public final class Relay {

    /** So long after it was stored a message is left to the process that stored it. */
    static final Duration HOLD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 64;

    /** What was sent may wait for two batches and {@link #LOOK_NANOS} until it is deleted, all within half of the hold. */
    private static final Duration USUAL_SEND = HOLD.dividedBy(6);

    /** Longer than the producer tries. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(150);

    /**
     * What was sent is deleted so much later, much of it together, and then what is due is looked for. Both keep what was
     * committed meanwhile waiting, and a look is a transaction even where nothing is sent.
     */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE_AFTER_A_BUG_MILLIS = 1_000;

    private final Jdbi database;
    private final Function<OutgoingMessage, CompletionStage<Void>> send;
    private final CommittedMessages committed = new CommittedMessages();
    private final List<Long> sent = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;

    /** @param send completes when the broker has the message */
    public Relay(Jdbi database, Function<OutgoingMessage, CompletionStage<Void>> send) {
        this.database = database;
        this.send = send;
        this.thread = new Thread(this::run, "outbox-relay");
    }

    public void start() {
        database.getConfig(LocalRelay.class).is(this);
        thread.start();
    }

    /** Ends after the batch in hand. */
    public void stop() throws InterruptedException {
        database.getConfig(LocalRelay.class).isNoLonger(this);
        stopping = true;
        thread.interrupt();
        thread.join();
    }

    /** @param storedNanos when they were put into the table, by {@link System#nanoTime} */
    void committed(List<Entry> entries, long storedNanos) {
        committed.add(entries, storedNanos);
    }

    private void run() {
        try {
            long look = System.nanoTime();
            while (!stopping) {
                List<Entry> next = committed.take(BATCH, look - System.nanoTime());
                goOnAfterBugs(() -> sendCommitted(next));
                if (System.nanoTime() - look >= 0) {
                    goOnAfterBugs(this::deleteAndLook);
                    look = System.nanoTime() + LOOK_NANOS;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the outbox relay was told to stop");
        }
        // an interrupted thread gets no connection
        Thread.interrupted();
        deleteLast();
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private static void goOnAfterBugs(Step step) throws InterruptedException {
        try {
            step.take();
        } catch (RuntimeException | Error e) {
            LOG.error("the outbox relay failed and goes on", e);
            Thread.sleep(PAUSE_AFTER_A_BUG_MILLIS);
        }
    }

    private void sendCommitted(List<Entry> messages) throws InterruptedException {
        if (messages.isEmpty()) {
            return;
        }
        Sending sending = Sending.start(messages, send);
        if (!sending.isOverWithin(USUAL_SEND) && !stopping) {
            // else another relay would take them for forgotten, and send them too
            List<Long> open = sending.open();
            sent.addAll(sending.done());
            inTransaction(transaction -> {
                Outbox.delete(transaction, sent);
                Outbox.hold(transaction, open, LONGEST_SEND);
            });
            sent.clear();
            sending.isOverWithin(LONGEST_SEND);
        }
        sent.addAll(sending.done());
        if (!sending.open().isEmpty() && !stopping) {
            inTransaction(transaction -> postpone(transaction, sending));
        }
    }

    private static void postpone(Handle transaction, Sending unsent) {
        Outbox.postpone(transaction, unsent.open());
        Outbox.setAside(transaction, unsent.tooLarge());
    }

    private void inTransaction(Consumer<Handle> action) throws InterruptedException {
        Patience.untilDone("the outbox relay", () -> database.useTransaction(action::accept));
    }

    private void deleteAndLook() throws InterruptedException {
        Patience.untilDone("the outbox relay", () -> {
            deleteSent();
            while (!stopping && database.inTransaction(this::sendWhatIsDue) == BATCH) {
                LOG.debug("a full batch was claimed; there may be more");
            }
        });
    }

    private void deleteSent() {
        if (!sent.isEmpty()) {
            database.useTransaction(transaction -> Outbox.delete(transaction, sent));
            sent.clear();
        }
    }

    /** What cannot be deleted is sent again by who looks next. */
    private void deleteLast() {
        try {
            deleteSent();
        } catch (RuntimeException e) {
            LOG.warn("{} messages will be sent again: {}", sent.size(), e.toString());
        }
    }

    /** What could not be sent stays for later, and keeps nothing else from leaving. */
    private int sendWhatIsDue(Handle transaction) {
        List<Entry> claimed = Outbox.claim(transaction, BATCH);
        if (claimed.isEmpty()) {
            return 0;
        }
        Sending sending = Sending.start(claimed, send);
        sending.isOverWithin(LONGEST_SEND);
        Outbox.delete(transaction, sending.done());
        if (!stopping && !sending.open().isEmpty()) {
            postpone(transaction, sending);
        }
        return claimed.size();
    }
}
