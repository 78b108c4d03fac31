package io.stepsampler.analyzer.messaging;

import io.stepsampler.messages.TopicNames;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How long each pool's queue of probes has been empty: everything in it was acknowledged. The group's start offset does
 * not say that, for it is stored before the acknowledgement that moves it; its lag does. The group knows no partition
 * before the first worker joined: such a queue is not empty, it is not served yet.
 */
@Singleton
public class ProbeQueues {

    private final Admin admin;
    private final TopicNames topics;
    private final Map<String, Instant> emptySince = new ConcurrentHashMap<>();

    ProbeQueues(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers, TopicNames topics) {
        this.admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.topics = topics;
    }

    /** Zero when the queue holds something now. Counted from the first look at an empty queue. */
    Duration emptyFor(String pool) throws InterruptedException, ExecutionException {
        if (!isEmpty(pool)) {
            emptySince.remove(pool);
            return Duration.ZERO;
        }
        Instant now = Instant.now();
        return Duration.between(emptySince.computeIfAbsent(pool, unseen -> now), now);
    }

    boolean isEmpty(String pool) throws InterruptedException, ExecutionException {
        String group = topics.workerGroup(pool);
        Map<TopicPartition, SharePartitionOffsetInfo> read = admin.listShareGroupOffsets(
                        Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get();
        if (read.isEmpty()) {
            return false;
        }
        Set<TopicPartition> unread = new HashSet<>();
        for (Map.Entry<TopicPartition, SharePartitionOffsetInfo> partition : read.entrySet()) {
            Optional<Long> lag = Optional.ofNullable(partition.getValue()).flatMap(SharePartitionOffsetInfo::lag);
            if (lag.isEmpty()) {
                unread.add(partition.getKey());
            } else if (lag.get() > 0) {
                return false;
            }
        }
        return holdNothing(unread);
    }

    /** Of partitions from which the group has taken nothing yet. */
    private boolean holdNothing(Set<TopicPartition> unread) throws InterruptedException, ExecutionException {
        return offsets(unread, OffsetSpec.earliest()).equals(offsets(unread, OffsetSpec.latest()));
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec wanted)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(partition, wanted));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(request).all().get().forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    @PreDestroy
    void close() {
        admin.close();
    }
}
