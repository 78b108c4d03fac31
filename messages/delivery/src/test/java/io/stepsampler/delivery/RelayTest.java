package io.stepsampler.delivery;

import static io.stepsampler.delivery.TakenMessages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a relay is told of when it is committed. Against a real Postgres. */
class RelayTest {

    @RegisterExtension
    static final DeliveryDatabase SERVER = new DeliveryDatabase();

    private final TakenMessages broker = new TakenMessages();
    private final Jdbi database = SERVER.connect();

    @Test
    void aMessageLeavesWhenItsTransactionCommitsWithoutALookAtTheTable() throws InterruptedException {
        Relay relay = started(database, broker::take);
        commit(database, message("a"));

        assertThat(broker.next()).isEqualTo(message("a"));
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    @Test
    void aMessageOfATransactionThatFailsNeverLeaves() throws InterruptedException {
        Relay relay = started(database, broker::take);
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    Outbox.add(transaction, message("never"));
                    throw new IllegalStateException("after the message was added");
                }))
                .isInstanceOf(IllegalStateException.class);
        commit(database, message("after"));

        assertThat(broker.next()).isEqualTo(message("after"));
        relay.stop();
        assertThat(broker.areAllSeen()).isTrue();
    }

    @Test
    void whatCouldNotBeSentAtItsCommitIsSentLater() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        Relay relay = started(
                database,
                message -> attempts.incrementAndGet() > 1
                        ? broker.take(message)
                        : CompletableFuture.failedFuture(new TimeoutException("the broker is away")));
        commit(database, message("second time"));

        assertThat(broker.next()).isEqualTo(message("second time"));
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    @Test
    void whatIsTooLargeForTheBrokerAtItsCommitIsNotSentAgain() throws InterruptedException {
        Relay relay = started(
                database, message -> CompletableFuture.failedFuture(new RecordTooLargeException("2000000 bytes")));
        commit(database, message("large"));

        Awaitility.await().until(() -> SERVER.setAside() == 1);
        relay.stop();
    }

    @Test
    void whatTheBrokerTakesLongToAnswerIsLeftToItsSender() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Relay relay = started(database, message -> {
            begun.countDown();
            return answer;
        });
        database.useTransaction(transaction -> Outbox.add(transaction, message("slow")));

        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> SERVER.held() == 1);
        answer.complete(null);
        Awaitility.await().until(() -> SERVER.waiting() == 0);
        relay.stop();
    }

    @Test
    void aSlowMessageMakesNoOtherRelaySendAgainWhatTheBrokerHas() throws InterruptedException {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        TakenMessages ofTheOther = new TakenMessages();
        Relay relay = started(database, message -> message.key().equals("slow") ? answer : broker.take(message));
        database.useTransaction(transaction -> Outbox.add(transaction, List.of(message("fast"), message("slow"))));
        assertThat(broker.next()).isEqualTo(message("fast"));
        Awaitility.await().until(() -> SERVER.held() == 1);

        SERVER.endHold();
        SERVER.connect().useTransaction(transaction -> Outbox.add(transaction, message("left behind")));
        Relay other = started(SERVER.connect(), ofTheOther::take);

        assertThat(ofTheOther.next()).isEqualTo(message("left behind"));
        other.stop();
        answer.complete(null);
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
        assertThat(ofTheOther.areAllSeen()).isTrue();
    }

    @Test
    void whatAProcessStoredAndNeverSentIsSentByAnother() throws InterruptedException {
        Jdbi ofTheOther = SERVER.connect();
        ofTheOther.getConfig(LocalRelay.class).is(new Relay(ofTheOther, broker::take));
        commit(ofTheOther, message("left behind"));
        Relay relay = started(database, broker::take);

        SERVER.holdNothing();

        assertThat(broker.next()).isEqualTo(message("left behind"));
        relay.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    @Test
    void twoProcessesThatCommitAtOnceSendEachTheirOwn() throws InterruptedException {
        Jdbi ofTheOther = SERVER.connect();
        TakenMessages ofTheirs = new TakenMessages();
        Relay first = started(database, broker::take);
        Relay second = started(ofTheOther, ofTheirs::take);

        List<OutgoingMessage> ours = new ArrayList<>();
        List<OutgoingMessage> theirs = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            ours.add(message("ours " + number));
            theirs.add(message("theirs " + number));
            commit(database, ours.get(number));
            commit(ofTheOther, theirs.get(number));
        }

        assertThat(broker.next(ours.size())).isEqualTo(ours);
        assertThat(ofTheirs.next(theirs.size())).isEqualTo(theirs);
        first.stop();
        second.stop();
        assertThat(SERVER.waiting()).isZero();
    }

    /** No relay finds the messages in the table before {@link DeliveryDatabase#holdNothing}. */
    private static void commit(Jdbi process, OutgoingMessage message) {
        process.useTransaction(transaction -> {
            Outbox.add(transaction, message);
            DeliveryDatabase.hide(transaction);
        });
    }

    private static Relay started(Jdbi process, Function<OutgoingMessage, CompletionStage<Void>> send) {
        Relay relay = new Relay(process, send);
        relay.start();
        return relay;
    }
}
