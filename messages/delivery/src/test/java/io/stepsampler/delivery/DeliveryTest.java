package io.stepsampler.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.embedded.EmbeddedDatabase;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.WorkerState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Postgres; the broker is a queue of what the relay handed over. */
class DeliveryTest {

    @TempDir
    static Path folder;

    private static EmbeddedDatabase server;
    private static Jdbi database;

    private final BlockingQueue<OutgoingMessage> sent = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedDatabase.start(folder, 0);
        database = Jdbi.create(server.jdbcUrl("analyzer"));
        try (InputStream migration =
                Objects.requireNonNull(Outbox.class.getResourceAsStream("/db/delivery/V0_1__delivery.sql"))) {
            String script = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            database.useHandle(handle -> handle.createScript(script).execute());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() {
        database.useHandle(handle -> handle.execute("delete from outbox"));
    }

    @Test
    void aMessageLeavesWhenItsTransactionCommits() throws InterruptedException {
        Relay relay = started(this::deliver);
        database.useTransaction(transaction -> Outbox.add(transaction, message("a")));

        assertThat(next()).isEqualTo(message("a"));
        relay.stop();
        assertThat(waiting()).isZero();
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
        assertThat(waiting()).isEqualTo(1);
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
        assertThat(waiting()).isEqualTo(200);
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
        assertThat(waiting()).isZero();
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
        assertThat(waiting()).isZero();
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
    void aMessageTakesEffectOnceUnlessItsTransactionFails() {
        String id = UUID.randomUUID().toString();
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    assertThat(Inbox.accept(transaction, id)).isTrue();
                    throw new IllegalStateException("after the message was accepted");
                }))
                .isInstanceOf(IllegalStateException.class);

        boolean first = database.inTransaction(transaction -> Inbox.accept(transaction, id));
        boolean second = database.inTransaction(transaction -> Inbox.accept(transaction, id));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
    }

    @Test
    void whatCannotBeReadIsKeptWithTheReason() throws InterruptedException, UnreadableMessage {
        IncomingRecords records = new IncomingRecords(database, new TopicNames("x."));

        records.handle(record("{\"workerId\": 1"), WorkerState.class, worker -> {
            throw new AssertionError("there is no message to handle");
        });

        OutgoingMessage kept = database.inTransaction(transaction -> Outbox.claim(transaction, 1))
                .get(0)
                .message();
        DeadLetter letter = MessageJson.read(kept.payload().getBytes(StandardCharsets.UTF_8), DeadLetter.class);
        assertThat(kept.topic()).isEqualTo("x.dead-letters");
        assertThat(letter.topic()).isEqualTo("workers");
        assertThat(letter.offset()).isEqualTo(7);
        assertThat(letter.reason()).startsWith("not a WorkerState: ");
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws InterruptedException {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));
        List<String> attempts = new ArrayList<>();
        WorkerState worker = new WorkerState("w", "default", 1, 0, "cpu", "1", Instant.EPOCH);

        records.handle(
                record(new String(MessageJson.write(worker), StandardCharsets.UTF_8)), WorkerState.class, message -> {
                    attempts.add(message.workerId());
                    if (attempts.size() < 3) {
                        throw new IllegalStateException(new SQLException("connection refused", "08001"));
                    }
                });

        assertThat(attempts).containsExactly("w", "w", "w");
        assertThat(waiting()).isZero();
    }

    @Test
    void whatAHandlerCannotDigestIsADeadLetterAtOnce() throws InterruptedException {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));
        List<SearchState> attempts = new ArrayList<>();

        records.handle(record("\"FOUND\""), SearchState.class, state -> {
            attempts.add(state);
            throw new IllegalArgumentException("unexpected " + state);
        });

        assertThat(attempts).hasSize(1);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void afterABugTheHandlersOwnerHasTheLastWord() throws InterruptedException {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));
        List<String> told = new ArrayList<>();

        records.handle(
                record("\"FOUND\""),
                SearchState.class,
                state -> {
                    throw new IllegalStateException("a bug");
                },
                (state, bug) -> told.add(state + ": " + bug.getMessage()));

        assertThat(told).containsExactly("FOUND: a bug");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void aRefusedMessageIsKeptWithItsReasonAndIsNoBug() throws InterruptedException, UnreadableMessage {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));
        List<String> told = new ArrayList<>();

        records.handle(
                record("\"FOUND\""),
                SearchState.class,
                state -> {
                    throw new RefusedMessage("state is FOUND; allowed: QUEUED");
                },
                (state, bug) -> told.add("told"));

        assertThat(told).isEmpty();
        assertThat(deadLetter().reason()).isEqualTo("state is FOUND; allowed: QUEUED");
    }

    private static DeadLetter deadLetter() throws UnreadableMessage {
        OutgoingMessage kept = database.inTransaction(transaction -> Outbox.claim(transaction, 1))
                .get(0)
                .message();
        return MessageJson.read(kept.payload().getBytes(StandardCharsets.UTF_8), DeadLetter.class);
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

    private static int waiting() {
        return database.withHandle(handle -> handle.createQuery("select count(*) from outbox")
                .mapTo(Integer.class)
                .one());
    }

    private static OutgoingMessage message(String key) {
        return new OutgoingMessage("topic", key, "application/json", "{}");
    }

    private static ConsumerRecord<String, byte[]> record(String payload) {
        return new ConsumerRecord<>("workers", 0, 7, "key", payload.getBytes(StandardCharsets.UTF_8));
    }
}
