package io.stepsampler.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.WorkerState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real Postgres: what becomes of a record that came. */
class IncomingRecordsTest {

    @RegisterExtension
    static final DeliveryDatabase SERVER = new DeliveryDatabase();

    private final Jdbi database = SERVER.connect();

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
        assertThat(SERVER.waiting()).isZero();
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
        assertThat(SERVER.waiting()).isEqualTo(1);
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
        assertThat(SERVER.waiting()).isEqualTo(1);
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

    @Test
    void recordsThatCameTogetherAreHandledTogether() throws InterruptedException {
        List<List<SearchState>> handled = new ArrayList<>();

        new IncomingRecords(database, new TopicNames(""))
                .handleTogether(
                        records("\"FOUND\"", "\"QUEUED\""), SearchState.class, handled::add, (state, bug) -> {});

        assertThat(handled).containsExactly(List.of(SearchState.FOUND, SearchState.QUEUED));
    }

    @Test
    void noneOfThemSuffersFromAnothersFault() throws InterruptedException, UnreadableMessage {
        List<SearchState> handled = new ArrayList<>();
        List<SearchState> told = new ArrayList<>();

        new IncomingRecords(database, new TopicNames(""))
                .handleTogether(
                        records("\"FOUND\"", "\"FAILED\"", "\"QUEUED\"", "no state"),
                        SearchState.class,
                        states -> {
                            if (states.contains(SearchState.FAILED)) {
                                throw new IllegalStateException("a bug with " + states);
                            }
                            handled.addAll(states);
                        },
                        (state, bug) -> told.add(state));

        assertThat(handled).containsExactly(SearchState.FOUND, SearchState.QUEUED);
        assertThat(told).containsExactly(SearchState.FAILED);
        assertThat(deadLetters())
                .extracting(DeadLetter::reason)
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("not a SearchState: "),
                        reason -> assertThat(reason).endsWith("a bug with [FAILED]"));
    }

    @Test
    void aDeadLetterHasTheHeadersOfItsRecord() throws InterruptedException, UnreadableMessage {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));
        ConsumerRecord<String, byte[]> event = record("{");
        event.headers()
                .add("ce_id", "7".getBytes(StandardCharsets.UTF_8))
                .add("ce_source", "/ö".getBytes(StandardCharsets.UTF_8))
                .add("ce_subject", null);

        records.handle(event, SearchState.class, state -> {});

        assertThat(deadLetter().headers()).isEqualTo(Map.of("ce_id", "7", "ce_source", "/ö"));
    }

    @Test
    void aDeadLetterOfARecordWithoutHeadersSaysNothingOfThem() throws InterruptedException {
        IncomingRecords records = new IncomingRecords(database, new TopicNames(""));

        records.handle(record("{"), SearchState.class, state -> {});

        OutgoingMessage kept = database.inTransaction(transaction -> Outbox.claim(transaction, 1))
                .get(0)
                .message();
        assertThat(kept.payload()).doesNotContain("headers");
    }

    private List<DeadLetter> deadLetters() throws UnreadableMessage {
        List<DeadLetter> letters = new ArrayList<>();
        for (Outbox.Entry kept : database.inTransaction(transaction -> Outbox.claim(transaction, 10))) {
            letters.add(MessageJson.read(kept.message().payload().getBytes(StandardCharsets.UTF_8), DeadLetter.class));
        }
        return letters;
    }

    private DeadLetter deadLetter() throws UnreadableMessage {
        return deadLetters().get(0);
    }

    private static List<ConsumerRecord<String, byte[]>> records(String... payloads) {
        return Stream.of(payloads).map(IncomingRecordsTest::record).toList();
    }

    private static ConsumerRecord<String, byte[]> record(String payload) {
        return new ConsumerRecord<>("workers", 0, 7, "key", payload.getBytes(StandardCharsets.UTF_8));
    }
}
