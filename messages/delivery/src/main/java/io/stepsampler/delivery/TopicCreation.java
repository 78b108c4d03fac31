package io.stepsampler.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that a service reads or writes, where they do not exist yet. */
public final class TopicCreation {

    private final Map<String, Object> connection;
    private final int partitions;
    private final short replication;

    /** @param connection settings of the Kafka client, such as {@code bootstrap.servers} */
    public TopicCreation(Map<String, Object> connection, int partitions, int replication) {
        this.connection = Map.copyOf(connection);
        this.partitions = partitions;
        this.replication = (short) replication;
    }

    /** Waits for the broker without end. */
    public void ensure(Collection<String> topics) throws InterruptedException {
        Patience.untilDone("the creation of topics", () -> {
            try (Admin admin = Admin.create(connection)) {
                topics.forEach(topic -> create(admin, topic));
            }
        });
    }

    private void create(Admin admin, String topic) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, partitions, replication)))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating " + topic, e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot create topic " + topic, e);
            }
        }
    }
}
