package io.stepsampler.delivery;

import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.json.DeadLetters;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge between a topic and a handler. A record that is not the message its topic promises, or that a handler refuses
 * or cannot digest, goes to the dead letters with the reason; a database or broker that is away is waited for. Either way the
 * record is dealt with when this returns, and nothing behind it is held up by it.
 */
public final class IncomingRecords {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingRecords.class);

    private final Jdbi database;
    private final TopicNames topics;

    public IncomingRecords(Jdbi database, TopicNames topics) {
        this.database = database;
        this.topics = topics;
    }

    /** @throws InterruptedException when the service stops before the record is dealt with: it will come again */
    public <T> void handle(ConsumerRecord<String, byte[]> record, Class<T> type, Consumer<T> handler)
            throws InterruptedException {
        handle(record, type, handler, (message, bug) -> {});
    }

    /**
     * @param afterBug what else there is to do about a message that the handler cannot digest
     * @throws InterruptedException when the service stops before the record is dealt with: it will come again
     */
    public <T> void handle(
            ConsumerRecord<String, byte[]> record,
            Class<T> type,
            Consumer<T> handler,
            BiConsumer<T, RuntimeException> afterBug)
            throws InterruptedException {
        T message;
        try {
            message = read(record, type);
        } catch (UnreadableMessage e) {
            bury(record, String.valueOf(e.getMessage()));
            return;
        }
        handle(record, () -> handler.accept(message), bug -> afterBug.accept(message, bug));
    }

    /**
     * Records that came together are handled together, which costs one commit and not one each. Where that fails, each is
     * handled alone, so that none suffers from another's fault.
     *
     * @param handler does all or nothing
     * @param afterBug what else there is to do about a message that the handler cannot digest
     * @throws InterruptedException when the service stops before the records are dealt with: they will come again
     */
    public <T> void handleTogether(
            List<ConsumerRecord<String, byte[]>> records,
            Class<T> type,
            Consumer<List<T>> handler,
            BiConsumer<T, RuntimeException> afterBug)
            throws InterruptedException {
        List<ConsumerRecord<String, byte[]>> readable = new ArrayList<>();
        List<T> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                messages.add(read(record, type));
                readable.add(record);
            } catch (UnreadableMessage e) {
                bury(record, String.valueOf(e.getMessage()));
            }
        }
        if (messages.isEmpty() || succeeds(messages, handler)) {
            return;
        }
        for (int each = 0; each < messages.size(); each++) {
            T message = messages.get(each);
            handle(readable.get(each), () -> handler.accept(List.of(message)), bug -> afterBug.accept(message, bug));
        }
    }

    private static <T> boolean succeeds(List<T> messages, Consumer<List<T>> handler) throws InterruptedException {
        try {
            Patience.untilDone("messages that came together", () -> handler.accept(messages));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("handled one by one from here on", e);
            return false;
        }
    }

    /**
     * @param handler reads the record itself
     * @throws InterruptedException when the service stops before the record is dealt with: it will come again
     */
    public void handle(ConsumerRecord<String, byte[]> record, Runnable handler) throws InterruptedException {
        handle(record, handler, bug -> {});
    }

    private void handle(ConsumerRecord<String, byte[]> record, Runnable handler, Consumer<RuntimeException> afterBug)
            throws InterruptedException {
        try {
            Patience.untilDone("a message of " + record.topic(), handler);
        } catch (RefusedMessage e) {
            bury(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} {}:{} cannot be handled", record.topic(), record.partition(), record.offset(), e);
            bury(record, e.toString());
            settle(record, () -> afterBug.accept(e));
        }
    }

    private static void settle(ConsumerRecord<String, byte[]> record, Runnable action) throws InterruptedException {
        try {
            Patience.untilDone("what follows a bug", action);
        } catch (RuntimeException e) {
            LOG.error("{} {}:{}: not even its end can be told", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private static <T> T read(ConsumerRecord<String, byte[]> record, Class<T> type) throws UnreadableMessage {
        byte[] payload = record.value();
        if (payload == null) {
            throw new UnreadableMessage("the record has no value; expected a " + type.getSimpleName(), null);
        }
        return MessageJson.read(payload, type);
    }

    private void bury(ConsumerRecord<String, byte[]> record, String reason) throws InterruptedException {
        byte[] payload = record.value() == null ? new byte[0] : record.value();
        DeadLetter letter =
                DeadLetters.of(record.topic(), record.partition(), record.offset(), reason, payload, headers(record));
        UUID key = UUID.nameUUIDFromBytes(MessageJson.write(letter));
        LOG.warn("{} {}:{} is a dead letter: {}", record.topic(), record.partition(), record.offset(), letter.reason());
        Patience.untilDone(
                "a dead letter",
                () -> database.useTransaction(transaction ->
                        Outbox.add(transaction, OutgoingMessage.json(topics.deadLetters(), key, letter))));
    }

    /** Of several with a name, the last. */
    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
