package io.stepsampler.worker.messaging;

import io.stepsampler.messages.TopicNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Makes the topics and sets up the share group, or says why this Kafka will not do. */
final class ProbeGroup {

    private static final String BROKER_LOCK_CAP = "group.share.max.record.lock.duration.ms";

    private final WorkerSettings settings;

    ProbeGroup(WorkerSettings settings) {
        this.settings = settings;
    }

    /** @throws UnsuitableKafka where probes cannot be taken from this Kafka as they must be */
    void prepare() throws ExecutionException, InterruptedException, UnsuitableKafka {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers))) {
            requireShareGroups(admin);
            requireLongLocks(admin);
            createTopics(admin);
            configureGroup(admin);
        }
    }

    private static void requireShareGroups(Admin admin)
            throws ExecutionException, InterruptedException, UnsuitableKafka {
        FinalizedVersionRange feature = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get("share.version");
        int level = feature == null ? 0 : feature.maxVersionLevel();
        if (level < 1) {
            throw new UnsuitableKafka("the Kafka cluster has share.version " + level
                    + "; the probe queue needs 1 or above, which Kafka has from 4.2 on"
                    + " (kafka-features.sh upgrade --feature share.version=1)");
        }
    }

    private void requireLongLocks(Admin admin) throws ExecutionException, InterruptedException, UnsuitableKafka {
        long lockMillis = settings.recordLock().toMillis();
        Collection<Node> nodes = admin.describeCluster().nodes().get();
        List<ConfigResource> brokers = nodes.stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        for (Config config : admin.describeConfigs(brokers).all().get().values()) {
            ConfigEntry cap = config.get(BROKER_LOCK_CAP);
            if (cap != null && Long.parseLong(cap.value()) < lockMillis) {
                throw new UnsuitableKafka("the broker's " + BROKER_LOCK_CAP + " is " + cap.value()
                        + "; stepsampler.trial-limit " + settings.trialLimit + " needs a lock of " + lockMillis
                        + " (the limit and a minute). Raise the one or lower the other");
            }
        }
    }

    private void createTopics(Admin admin) throws ExecutionException, InterruptedException {
        TopicNames names = settings.topics;
        List<NewTopic> topics = Stream.of(
                        names.probes(settings.pool),
                        names.trials(),
                        names.workers(),
                        names.searches(),
                        names.deadLetters())
                .map(name -> new NewTopic(name, settings.partitions, settings.replication))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            ignoreExisting(created);
        }
    }

    private static void ignoreExisting(KafkaFuture<Void> created) throws ExecutionException, InterruptedException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Earliest, because the default loses what was sent before the first worker came. */
    private void configureGroup(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, String> wanted = Map.of(
                "share.auto.offset.reset", "earliest",
                "share.record.lock.duration.ms",
                        Long.toString(settings.recordLock().toMillis()),
                "share.delivery.count.limit", "10");
        List<AlterConfigOp> changes = wanted.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
        admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
    }

    /** A worker cannot work on this cluster until somebody changes it. */
    static final class UnsuitableKafka extends Exception {

        UnsuitableKafka(@Nullable String message) {
            super(message);
        }
    }
}
