package io.stepsampler.delivery;

import io.stepsampler.delivery.Outbox.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** A message that was not sent so long after its transaction began is anybody's. */
    static final Duration HOLD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 64;

    /** More stay in the table alone until they are due. */
    private static final int MOST_IN_MEMORY = 10_000;

    /** What was sent is deleted so much later, much of it together, and then what is due is looked for. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SEND_LIMIT_SECONDS = 150;
    private static final long PAUSE_AFTER_A_BUG_MILLIS = 1_000;

    private final Jdbi database;
    private final Function<OutgoingMessage, CompletionStage<Void>> send;
    private final BlockingQueue<Committed> committed = new LinkedBlockingQueue<>(MOST_IN_MEMORY);
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

    /** Messages that are in the table now, and that nobody else sends for a while. */
    void committed(List<Entry> entries) {
        long now = System.nanoTime();
        for (Entry entry : entries) {
            if (!committed.offer(new Committed(entry, now))) {
                LOG.debug("message {} is sent when it is due", entry.id());
            }
        }
    }

    private record Committed(Entry entry, long atNanos) {

        /** Whether it is still this relay's alone; half of the time is left to send it. */
        boolean isHeld() {
            return System.nanoTime() - atNanos < HOLD.toNanos() / 2;
        }
    }

    private void run() {
        try {
            long look = System.nanoTime();
            while (!stopping) {
                Committed first = committed.poll(look - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    sent.addAll(sendTogether(first));
                }
                if (System.nanoTime() - look >= 0) {
                    deleteAndLook();
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

    private List<Long> sendTogether(Committed first) throws InterruptedException {
        List<Committed> batch = new ArrayList<>(List.of(first));
        committed.drainTo(batch, BATCH - 1);
        List<Entry> held =
                batch.stream().filter(Committed::isHeld).map(Committed::entry).toList();
        try {
            return Objects.requireNonNull(send(held).get(true));
        } catch (RuntimeException | Error e) {
            afterBug(e);
            return List.of();
        }
    }

    private void deleteAndLook() throws InterruptedException {
        try {
            Patience.untilDone("the outbox relay", () -> {
                deleteSent();
                sendWhatIsDue();
            });
        } catch (RuntimeException | Error e) {
            afterBug(e);
        }
    }

    private static void afterBug(Throwable bug) throws InterruptedException {
        LOG.error("the outbox relay failed and goes on", bug);
        Thread.sleep(PAUSE_AFTER_A_BUG_MILLIS);
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

    private void sendWhatIsDue() {
        while (!stopping && database.inTransaction(this::sendBatch) == BATCH) {
            LOG.debug("a full batch was claimed; there may be more");
        }
    }

    /** What could not be sent stays for later, and keeps nothing else from leaving. */
    private int sendBatch(Handle transaction) {
        List<Entry> claimed = Outbox.claim(transaction, BATCH);
        if (claimed.isEmpty()) {
            return 0;
        }
        Map<Boolean, List<Long>> ids = send(claimed);
        Outbox.delete(transaction, Objects.requireNonNull(ids.get(true)));
        List<Long> unsent = Objects.requireNonNull(ids.get(false));
        if (!stopping && !unsent.isEmpty()) {
            Outbox.postpone(transaction, unsent);
        }
        return claimed.size();
    }

    /** @return the ids of those that the broker has, under true, and of the others */
    private Map<Boolean, List<Long>> send(List<Entry> entries) {
        Map<Long, CompletableFuture<Void>> answers = new LinkedHashMap<>();
        entries.forEach(entry -> answers.put(entry.id(), send(entry.message())));
        await(CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new)));
        return answers.keySet().stream()
                .collect(Collectors.partitioningBy(id -> isDone(Objects.requireNonNull(answers.get(id)))));
    }

    private CompletableFuture<Void> send(OutgoingMessage message) {
        try {
            return send.apply(message).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isDone(CompletableFuture<Void> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally();
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
