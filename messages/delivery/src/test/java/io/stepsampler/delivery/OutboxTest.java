package io.stepsampler.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.errors.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Postgres; the broker is a queue of what the relay handed over. */
class OutboxTest {

    @TempDir
    static Path folder;

    private static DeliveryDatabase server;
    private static Jdbi database;

    private final BlockingQueue<OutgoingMessage> sent = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException {
        server = DeliveryDatabase.start(folder);
        database = server.jdbi();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.empty();
    }

    @Test
    void aMessageLeavesWhenItsTransactionCommits() throws InterruptedException {
        Relay relay = started(this::deliver);
        database.useTransaction(transaction -> Outbox.add(transaction, message("a")));

        assertThat(next()).isEqualTo(message("a"));
        relay.stop();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void aMessageOfATransactionThatFailsNeverLeaves() throws InterruptedException {
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    Outbox.add(transaction, message("never"));
                    throw new IllegalStateException("after the message was added");
                }))
                .isInstanceOf(IllegalStateException.class);
        Relay relay = started(this::deliver);
        database.useTransaction(transaction -> Outbox.add(transaction, message("after")));

        assertThat(next()).isEqualTo(message("after"));
        relay.stop();
    }

    @Test
    void whatTheBrokerRefusesStaysAndHoldsNothingElseUp() throws InterruptedException {
        database.useTransaction(transaction -> {
            Outbox.add(transaction, message("refused"));
            Outbox.add(transaction, message("taken"));
        });
        Relay relay = started(message -> message.key().equals("refused")
                ? CompletableFuture.failedFuture(new TimeoutException("no such topic"))
                : deliver(message));

        assertThat(next()).isEqualTo(message("taken"));
        relay.stop();
        assertThat(server.waiting()).isEqualTo(1);
    }

    @Test
    void messagesThatKeepFailingLeaveRoomForTheOthers() throws InterruptedException {
        database.useTransaction(transaction -> {
            for (int number = 0; number < 200; number++) {
                Outbox.add(transaction, message("refused"));
            }
            Outbox.add(transaction, message("taken"));
        });
        Relay relay = started(message -> message.key().equals("refused")
                ? CompletableFuture.failedFuture(new TimeoutException("no such topic"))
                : deliver(message));

        assertThat(next()).isEqualTo(message("taken"));
        relay.stop();
        assertThat(server.waiting()).isEqualTo(200);
    }

    @Test
    void aMessageThatCouldNotBeSentIsSentLater() throws InterruptedException {
        database.useTransaction(transaction -> Outbox.add(transaction, message("second time")));
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(message -> attempts.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new TimeoutException("the broker is away"))
                : deliver(message));

        assertThat(next()).isEqualTo(message("second time"));
        relay.stop();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void aRelayGoesOnAfterABug() throws InterruptedException {
        database.useTransaction(transaction -> Outbox.add(transaction, message("a")));
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(message -> switch (attempts.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a bug");
            case 2 -> throw new NoClassDefFoundError("half an installation");
            default -> deliver(message);
        });

        assertThat(next()).isEqualTo(message("a"));
        relay.stop();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void twoRelaysSendEachMessageOnce() throws InterruptedException {
        List<OutgoingMessage> messages = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            messages.add(message("m" + number));
        }
        database.useTransaction(transaction -> messages.forEach(message -> Outbox.add(transaction, message)));
        Relay first = started(this::deliver);
        Relay second = started(this::deliver);

        List<OutgoingMessage> arrived = new ArrayList<>();
        while (arrived.size() < messages.size()) {
            arrived.add(next());
        }
        first.stop();
        second.stop();

        assertThat(arrived).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatCouldNotBeSentAtItsCommitIsSentWhenItIsDue() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(message -> {
            if (attempts.incrementAndGet() > 1) {
                return deliver(message);
            }
            refused.countDown();
            return CompletableFuture.failedFuture(new TimeoutException("the broker is away"));
        });
        database.useTransaction(transaction -> Outbox.add(transaction, message("second time")));

        assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
        server.holdNothing();

        assertThat(next()).isEqualTo(message("second time"));
        relay.stop();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void whatAProcessCommittedAndNeverSentIsSentByAnother() throws InterruptedException {
        Jdbi ofTheOther = server.connect();
        ofTheOther.getConfig(LocalRelay.class).is(new Relay(ofTheOther, this::deliver));
        ofTheOther.useTransaction(transaction -> Outbox.add(transaction, message("left behind")));
        Relay relay = started(this::deliver);

        server.holdNothing();

        assertThat(next()).isEqualTo(message("left behind"));
        relay.stop();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void twoProcessesThatCommitAtOnceSendEachMessageOnce() throws InterruptedException {
        Jdbi ofTheOther = server.connect();
        Relay first = started(this::deliver);
        Relay second = new Relay(ofTheOther, this::deliver);
        second.start();

        List<OutgoingMessage> messages = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            messages.add(message("m" + number));
            Jdbi process = number % 2 == 0 ? database : ofTheOther;
            OutgoingMessage last = messages.get(number);
            process.useTransaction(transaction -> Outbox.add(transaction, last));
        }

        List<OutgoingMessage> arrived = new ArrayList<>();
        while (arrived.size() < messages.size()) {
            arrived.add(next());
        }
        first.stop();
        second.stop();

        assertThat(arrived).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(sent).isEmpty();
        assertThat(server.waiting()).isZero();
    }

    @Test
    void aMessageTakesEffectOnceUnlessItsTransactionFails() {
        String id = UUID.randomUUID().toString();
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    assertThat(Inbox.accept(transaction, List.of(id))).containsExactly(id);
                    throw new IllegalStateException("after the message was accepted");
                }))
                .isInstanceOf(IllegalStateException.class);

        String other = UUID.randomUUID().toString();
        Set<String> first = database.inTransaction(transaction -> Inbox.accept(transaction, List.of(id, id)));
        Set<String> second = database.inTransaction(transaction -> Inbox.accept(transaction, List.of(other, id)));

        assertThat(first).containsExactly(id);
        assertThat(second).containsExactly(other);
    }

    private CompletionStage<Void> deliver(OutgoingMessage message) {
        sent.add(message);
        return CompletableFuture.completedFuture(null);
    }

    private static Relay started(Function<OutgoingMessage, CompletionStage<Void>> send) {
        Relay relay = new Relay(database, send);
        relay.start();
        return relay;
    }

    private OutgoingMessage next() throws InterruptedException {
        return Objects.requireNonNull(sent.poll(30, TimeUnit.SECONDS), "no message left the outbox");
    }

    private static OutgoingMessage message(String key) {
        return new OutgoingMessage("topic", key, "application/json", "{}");
    }
}
