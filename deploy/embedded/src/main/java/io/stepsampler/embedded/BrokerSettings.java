package io.stepsampler.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** The broker's settings: one node that is broker and controller, small, and ready for share groups. */
record BrokerSettings(Path folder, int port, int controllerPort) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Longer than the longest trial limit (55 min) and the minute that a worker keeps to report it. */
    private static final Duration LONGEST_RECORD_LOCK = Duration.ofMinutes(57);

    private static final Duration RETENTION = Duration.ofDays(7);

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Path logFolder() {
        return folder.resolve("log");
    }

    Properties toProperties() {
        Properties properties = new Properties();
        addNode(properties);
        addShareGroups(properties);
        addSmallFootprint(properties);
        return properties;
    }

    private void addNode(Properties properties) {
        String controller = "127.0.0.1:" + controllerPort;
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("log.dirs", logFolder().toString());
        properties.setProperty("log.retention.ms", Long.toString(RETENTION.toMillis()));
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("delete.topic.enable", "true");
        // a broker that was killed registers again only after its old session ended
        properties.setProperty("broker.session.timeout.ms", "4000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
    }

    private static void addShareGroups(Properties properties) {
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "3");
        properties.setProperty(
                "group.share.max.record.lock.duration.ms", Long.toString(LONGEST_RECORD_LOCK.toMillis()));
        properties.setProperty("group.share.min.record.lock.duration.ms", "1000");
        properties.setProperty("group.share.min.heartbeat.interval.ms", "500");
        properties.setProperty("group.share.heartbeat.interval.ms", "500");
    }

    private static void addSmallFootprint(Properties properties) {
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "3");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("group.consumer.min.heartbeat.interval.ms", "500");
        properties.setProperty("group.consumer.heartbeat.interval.ms", "1000");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("num.recovery.threads.per.data.dir", "1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        properties.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        properties.setProperty("initial.broker.registration.timeout.ms", "60000");
    }
}
