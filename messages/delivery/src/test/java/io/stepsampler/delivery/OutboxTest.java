package io.stepsampler.delivery;

import static io.stepsampler.delivery.TakenMessages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What relays find in the table. Against a real Postgres. */
class OutboxTest {

    @RegisterExtension
    static final DeliveryDatabase SERVER = new DeliveryDatabase();

    private final TakenMessages broker = new TakenMessages();
    private final Jdbi database = SERVER.connect();

    @Test
    void whatTheBrokerRefusesStaysAndHoldsNothingElseUp() throws InterruptedException {
        database.useTransaction(transaction -> {
            Outbox.add(transaction, message("refused"));
            Outbox.add(transaction, message("taken"));
        });
        Relay relay = startedRefusing("refused", new TimeoutException("no such topic"));

        assertThat(broker.next()).isEqualTo(message("taken"));
        relay.stop();
        assertThat(SERVER.waiting()).isEqualTo(1);
    }

    @Test
    void messagesThatKeepFailingLeaveRoomForTheOthers() throws InterruptedException {
        database.useTransaction(transaction -> {
            for (int number = 0; number < 200; number++) {
                Outbox.add(transaction, message("refused"));
            }
            Outbox.add(transaction, message("taken"));
        });
        Relay relay = startedRefusing("refused", new TimeoutException("no such topic"));

        assertThat(broker.next()).isEqualTo(message("taken"));
        relay.stop();
        assertThat(SERVER.waiting()).isEqualTo(200);
    }

    @Test
    void aMessageThatCouldNotBeSentIsSentLater() throws InterruptedException {
        database.useTransaction(transaction -> Outbox.add(transaction, message("second time")));
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(message -> attempts.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new TimeoutException("the broker is away"))
                : broker.take(message));

        assertThat(broker.next()).isEqualTo(message("second time"));
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    @Test
    void whatIsTooLargeForTheBrokerStaysAndIsNotSentAgain() throws InterruptedException {
        database.useTransaction(transaction -> {
            Outbox.add(transaction, message("large"));
            Outbox.add(transaction, message("taken"));
        });
        Relay relay = startedRefusing("large", new RecordTooLargeException("2000000 bytes"));

        assertThat(broker.next()).isEqualTo(message("taken"));
        Awaitility.await().until(() -> SERVER.setAside() == 1);
        relay.stop();
        assertThat(SERVER.waiting()).isEqualTo(1);
    }

    @Test
    void aRelayGoesOnAfterABug() throws InterruptedException {
        database.useTransaction(transaction -> Outbox.add(transaction, message("a")));
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(message -> switch (attempts.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a bug");
            case 2 -> throw new NoClassDefFoundError("half an installation");
            default -> broker.take(message);
        });

        assertThat(broker.next()).isEqualTo(message("a"));
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    @Test
    void twoRelaysSendEachMessageOnce() throws InterruptedException {
        List<OutgoingMessage> messages = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            messages.add(message("m" + number));
        }
        database.useTransaction(transaction -> messages.forEach(message -> Outbox.add(transaction, message)));
        Relay first = started(broker::take);
        Relay second = started(broker::take);

        List<OutgoingMessage> arrived = broker.next(messages.size());
        first.stop();
        second.stop();

        assertThat(arrived).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(broker.areAllSeen()).isTrue();
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

    private Relay startedRefusing(String key, Exception reason) {
        return started(
                message -> message.key().equals(key) ? CompletableFuture.failedFuture(reason) : broker.take(message));
    }

    private Relay started(Function<OutgoingMessage, CompletionStage<Void>> send) {
        Relay relay = new Relay(database, send);
        relay.start();
        return relay;
    }
}
