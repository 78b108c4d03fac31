package io.stepsampler.analyzer.messaging;

import io.stepsampler.messages.TopicNames;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long each pool's queue of probes has been empty. */
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

    private boolean isEmpty(String pool) throws InterruptedException, ExecutionException {
        String group = topics.workerGroup(pool);
        Map<TopicPartition, SharePartitionOffsetInfo> read = admin.listShareGroupOffsets(
                        Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get();
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        read.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        long written = admin.listOffsets(wanted).all().get().values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
        long done = read.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(SharePartitionOffsetInfo::startOffset)
                .sum();
        return done >= written;
    }

    @PreDestroy
    void close() {
        admin.close();
    }
}
