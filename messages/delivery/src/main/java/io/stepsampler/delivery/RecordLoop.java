package io.stepsampler.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic on a thread of its own and hands over all that has come. What comes meanwhile is the next batch, so
 * batches grow with the load, and what is done once for a batch costs less and less. A record is handled before it is
 * committed: it may come again. Only {@link #stop} ends it: a service that no longer reads looks healthy and does nothing.
 */
public final class RecordLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RecordLoop.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIME_TO_LEAVE = Duration.ofSeconds(5);
    private static final long PAUSE_AFTER_A_BUG_MILLIS = 1_000;

    /** More would keep the first of them waiting for the last. */
    private static final int MOST_RECORDS = 64;

    /** What has come meanwhile is at hand after that, or nothing has. */
    private static final Duration ANSWER = Duration.ofMillis(2);

    private final String topic;
    private final Map<String, Object> configuration;
    private final Duration gathering;
    private final Handler handler;
    private final Thread thread;
    private volatile boolean stopping;

    /** What deals with records. */
    public interface Handler {

        /** @throws InterruptedException when the service stops before the records are dealt with: they will come again */
        void handle(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException;
    }

    /**
     * @param kafka how brokers are reached
     * @param group whose members share the topic's records
     * @param gathering how long a record may wait for others to come with it; zero: not at all
     */
    public RecordLoop(Map<String, Object> kafka, String topic, String group, Duration gathering, Handler handler) {
        this.topic = topic;
        this.gathering = gathering;
        this.handler = handler;
        configuration = new HashMap<>(kafka);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        thread = new Thread(this::run, "records-of-" + topic);
    }

    public void start() {
        thread.start();
    }

    /** Ends after the batch in hand, or where that waits for a server that is away, without it. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
                read(consumer);
            } catch (RuntimeException | Error e) {
                LOG.error("the reader of {} failed and joins again", topic, e);
                pause();
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
        consumer.subscribe(List.of(topic), new CommitBeforeLeaving(consumer, handled));
        long committedNanos = System.nanoTime();
        try {
            while (!stopping) {
                Batch batch = Batch.take(consumer, POLL);
                if (!batch.records().isEmpty()) {
                    gather(consumer, batch);
                    handler.handle(batch.records());
                    handled.putAll(batch.nextOffsets());
                    // one may have gone to another reader while more was gathered
                    handled.keySet().retainAll(consumer.assignment());
                }
                if (!handled.isEmpty() && System.nanoTime() - committedNanos > COMMIT_NANOS) {
                    committedNanos = System.nanoTime();
                    consumer.commitAsync(Map.copyOf(handled), null);
                    handled.clear();
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("the reader of {} was told to stop", topic);
        }
        // an interrupted thread could not tell the others that it leaves
        Thread.interrupted();
        commitLast(consumer, handled);
    }

    /**
     * Waits here and not at the broker, whom an idle loop would ask again and again. The first look brings the answer to the
     * request that was sent with the last one, and that holds no more than had come when it was answered.
     */
    private void gather(KafkaConsumer<String, byte[]> consumer, Batch batch) throws InterruptedException {
        if (gathering.isZero()) {
            return;
        }
        Thread.sleep(gathering.toMillis());
        batch.add(consumer.poll(Duration.ZERO));
        batch.add(consumer.poll(ANSWER));
    }

    /** What is handled together, and where to read on after it. */
    private record Batch(
            List<ConsumerRecord<String, byte[]>> records, Map<TopicPartition, OffsetAndMetadata> nextOffsets) {

        static Batch take(KafkaConsumer<String, byte[]> consumer, Duration atMost) {
            Batch batch = new Batch(new ArrayList<>(), new HashMap<>());
            batch.add(consumer.poll(atMost));
            return batch;
        }

        void add(ConsumerRecords<String, byte[]> more) {
            more.forEach(records::add);
            nextOffsets.putAll(more.nextOffsets());
        }
    }

    /** What is not committed comes again: no reason to hold up the service's end for long. */
    private void commitLast(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> handled) {
        try {
            consumer.commitSync(handled, TIME_TO_LEAVE);
        } catch (KafkaException e) {
            LOG.warn("what was read of {} last will come again: {}", topic, e.toString());
        }
    }

    /** Who reads on begins behind what was handled here. */
    private record CommitBeforeLeaving(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> handled)
            implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            consumer.commitSync(handled);
            handled.clear();
        }

        /** Somebody else reads them already, and from where the last commit was. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            handled.clear();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debug("reads {}", partitions);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_A_BUG_MILLIS);
        } catch (InterruptedException e) {
            LOG.debug("the reader of {} was told to stop", topic);
        }
    }
}
