package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.local.stack.ConnectionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service in the same folder again, and one that cannot start. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class UpIT {

    @TempDir
    private Path home = Path.of("");

    /** In one test, as each start takes a while. */
    @Test
    void anEventStartsASearchAndARestartHasTheSameKeyAndTheFormerLogs() throws Exception {
        Path log = home.resolve(".stepsampler/logs/coordinator.log");
        String first = keyOfARun(this::assertThatAnEventStartsASearch);
        String logged = Files.readString(log);
        assertThat(keyOfARun(() -> {})).isEqualTo(first);
        assertThat(log.resolveSibling("coordinator.log.1")).hasContent(logged);
        assertThat(Files.readString(log)).isNotEqualTo(logged);
    }

    @Test
    void aMistakeInADeclaredFileIsToldWithoutAnotherStart() throws Exception {
        Path declared = Files.createDirectories(home.resolve("declared"));
        Files.writeString(declared.resolve("teams.yaml"), "kind: team\nname: vision\nweigth: 2\n");
        PackagedProgram up = PackagedProgram.start(
                home, Map.of("STEPSAMPLER_DECLARATIONS", declared.toString()), "up", "--port", "0", "--workers", "1");
        assertThat(up.awaitEnd()).isEqualTo(ExitCodes.FAILED);
        assertThat(up.errorLines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("coordinator did not start: ")
                        .contains("teams.yaml, document 1: weigth is not a known key"))
                .noneSatisfy(line -> assertThat(line).contains("\tat "));
        up.assertThatNothingIsLeft();
    }

    private interface Check {
        void make() throws Exception;
    }

    private void assertThatAnEventStartsASearch() throws Exception {
        String file = "{\"model\": {\"family\": \"replay\", \"checkpoint\": \"%s\"}}"
                .formatted(ReplayFolder.in(home, 0).folder().resolve("curve.csv"));
        String event =
                "{\"specversion\": \"1.0\", \"source\": \"/ci\", \"type\": \"any\", \"id\": \"1\", \"data\": %s}";
        Map<String, Object> kafka = Map.of(
                "bootstrap.servers",
                String.valueOf(connection().bootstrapServers()),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                "1000",
                "group.id",
                "reader");
        try (var events = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
                var findings = new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            events.send(new ProducerRecord<>("search-requests.local", event.formatted(file)))
                    .get();
            findings.subscribe(List.of("findings.local"));
            ConsumerRecords<String, String> found = ConsumerRecords.empty();
            while (found.isEmpty()) {
                found = findings.poll(Duration.ofSeconds(1));
            }
            assertThat(found)
                    .first()
                    .satisfies(record -> assertThat(record.value()).contains("\"FOUND\""));
        }
    }

    private ConnectionFile.Connection connection() throws IOException {
        return new ConnectionFile(home.resolve(".stepsampler")).read().orElseThrow();
    }

    private String keyOfARun(Check whileItRuns) throws Exception {
        PackagedProgram up = PackagedProgram.start(home, "up", "--port", "0", "--workers", "1");
        up.awaitLine("ready at ");
        String key = String.valueOf(connection().apiKey());
        whileItRuns.make();
        up.stop();
        assertThat(up.errorLines())
                .containsSubsequence("stopping; searches that have not ended go on at the next start", "stopped");
        up.assertThatNothingIsLeft();
        return key;
    }
}
