package io.stepsampler.worker.messaging;

import io.stepsampler.worker.messaging.ProbeHandler.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes one probe at a time from the pool's share group, and gives it up only when its outcome is published. */
final class ProbeLoop {

    private static final Logger LOG = Logger.getLogger(ProbeLoop.class);

    /** Nothing interrupts a poll, so this is also how long an idle worker takes to end. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration SLACK = Duration.ofMinutes(5);

    private final WorkerSettings settings;
    private final String name;
    private final ProbeHandler handler;
    private volatile boolean joined;
    private volatile boolean stopping;

    /** @param name of this consumer among those of the pool */
    ProbeLoop(WorkerSettings settings, String name, ProbeHandler handler) {
        this.settings = settings;
        this.name = name;
        this.handler = handler;
    }

    /** Until it is told to stop, a trial has passed its limit, or the device is lost. */
    Ending run() throws InterruptedException {
        while (!stopping) {
            try (KafkaShareConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.setAcknowledgementCommitCallback(ProbeLoop::report);
                consumer.subscribe(List.of(settings.topics.probes(settings.pool)));
                Ending ending = consume(consumer);
                if (ending != Ending.STOPPED) {
                    return ending;
                }
            } catch (KafkaException e) {
                LOG.warn("The share group is lost; joining again", e);
                Thread.sleep(POLL.toMillis());
            } finally {
                joined = false;
            }
        }
        return Ending.STOPPED;
    }

    void stop() {
        stopping = true;
    }

    boolean hasJoined() {
        return joined;
    }

    /** Why the loop ended. */
    enum Ending {
        STOPPED,
        OVERDUE,
        DEVICE_LOST
    }

    private Ending consume(KafkaShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                Verdict verdict = stopping ? Verdict.RELEASE : handler.handle(message);
                // goes with the next poll, or with the end
                consumer.acknowledge(message, acknowledgement(verdict));
                if (verdict == Verdict.ACCEPT_AND_END) {
                    return leave(consumer, Ending.OVERDUE);
                }
                if (verdict == Verdict.RELEASE_AND_END) {
                    return leave(consumer, Ending.DEVICE_LOST);
                }
            }
            joined = true;
        }
        return leave(consumer, Ending.STOPPED);
    }

    private static Ending leave(KafkaShareConsumer<byte[], byte[]> consumer, Ending ending) {
        // what it returns, the callback is told too
        consumer.commitSync();
        return ending;
    }

    private static AcknowledgeType acknowledgement(Verdict verdict) {
        return switch (verdict) {
            case ACCEPT, ACCEPT_AND_END -> AcknowledgeType.ACCEPT;
            case RELEASE, RELEASE_AND_END -> AcknowledgeType.RELEASE;
        };
    }

    /** A probe whose acknowledgement is lost comes again; its second outcome is dropped by who reads it. */
    private static void report(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception failure) {
        if (failure != null) {
            LOG.warnf("Acknowledgements are lost, and their probes will come again: %s: %s", offsets, failure);
        }
    }

    private KafkaShareConsumer<byte[], byte[]> consumer() {
        Duration maxPollInterval = settings.recordLock().plus(SLACK);
        Map<String, Object> configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.group(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                name,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Math.toIntExact(maxPollInterval.toMillis()),
                ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
                maxPollInterval.plus(SLACK).toMillis(),
                ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                "explicit",
                ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                "record_limit");
        return new KafkaShareConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
