package io.stepsampler.delivery.wiring;

import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.TopicCreation;
import io.stepsampler.messages.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

@ApplicationScoped
class DeliveryBeans {

    @Produces
    @Singleton
    Jdbi database(DataSource dataSource) {
        return Jdbi.create(dataSource);
    }

    @Produces
    @Singleton
    TopicNames topics(@ConfigProperty(name = "stepsampler.topic-prefix") Optional<String> prefix) {
        return new TopicNames(prefix.orElse(""));
    }

    @Produces
    @Singleton
    IncomingRecords incomingRecords(Jdbi database, TopicNames topics) {
        return new IncomingRecords(database, topics);
    }

    @Produces
    @Singleton
    TopicCreation topicCreation(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "stepsampler.partitions", defaultValue = "6") int partitions,
            @ConfigProperty(name = "stepsampler.replication", defaultValue = "1") int replication) {
        return new TopicCreation(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), partitions, replication);
    }
}
