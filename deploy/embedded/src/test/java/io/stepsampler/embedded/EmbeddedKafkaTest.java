package io.stepsampler.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    @Test
    void aShareGroupReadsWhatWasSentBeforeAndAfterARestart(@TempDir Path folder) throws Exception {
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            port = portOf(kafka.bootstrapServers());
            prepareGroup(kafka.bootstrapServers());
            send(kafka.bootstrapServers(), "first");
            assertThat(receive(kafka.bootstrapServers(), 1)).containsExactly("first");
            send(kafka.bootstrapServers(), "second");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port)) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            send(kafka.bootstrapServers(), "third");
            assertThat(receive(kafka.bootstrapServers(), 2)).containsExactly("second", "third");
        }
    }

    @Test
    void twoBrokersRunBesideEachOther(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.start(folder.resolve("one"), 0);
                EmbeddedKafka two = EmbeddedKafka.start(folder.resolve("two"), 0)) {
            assertThat(one.bootstrapServers()).isNotEqualTo(two.bootstrapServers());
            assertThat(topicNames(two)).isEmpty();
            prepareGroup(one.bootstrapServers());
            assertThat(topicNames(one)).containsExactly("probes");
            assertThat(topicNames(two)).isEmpty();
        }
    }

    @Test
    void aSecondBrokerOnTheSameFolderIsRefused(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(kafka.bootstrapServers()).isNotEmpty();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
                    .isInstanceOf(FolderInUse.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
    }

    private static Collection<String> topicNames(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private static void prepareGroup(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("probes", 2, (short) 1)))
                    .all()
                    .get();
            Collection<AlterConfigOp> settings = List.of(
                    set("share.auto.offset.reset", "earliest"),
                    set(
                            "share.record.lock.duration.ms",
                            Long.toString(Duration.ofMinutes(56).toMillis())));
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, "workers"), settings))
                    .all()
                    .get();
        }
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static void send(String bootstrapServers, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("probes", value)).get();
        }
    }

    private static List<String> receive(String bootstrapServers, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "workers"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("probes"));
            for (int poll = 0; values.size() < count && poll < 30; poll++) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
                consumer.commitSync();
            }
        }
        values.sort(null);
        return values;
    }
}
