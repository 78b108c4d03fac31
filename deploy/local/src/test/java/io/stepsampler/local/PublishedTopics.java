package io.stepsampler.local;

import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** When probes were published and trials began, as it stands in the topics of a running stack. */
record PublishedTopics(
        KafkaConsumer<String, byte[]> consumer, Map<UUID, Instant> published, List<TrialEvent.Started> started)
        implements AutoCloseable {

    private static final Pattern BOOTSTRAP = Pattern.compile("-Dkafka\\.bootstrap\\.servers=(\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The first trial of a search. {@code published}: when its probe was. */
    record Start(Instant published, Instant at) {}

    static PublishedTopics of(PackagedProgram stack) {
        String servers = stack.children().stream()
                .map(child -> BOOTSTRAP.matcher(PackagedProgram.commandLine(child)))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        "reader-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of("trials", "probes.default"));
        return new PublishedTopics(consumer, new HashMap<>(), new ArrayList<>());
    }

    /** Waits for it, but not for ever. */
    Start firstStart(UUID searchId) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        Optional<Start> start = find(searchId);
        while (start.isEmpty()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("no trial of search " + searchId + " began within " + PATIENCE);
            }
            take();
            start = find(searchId);
        }
        return start.get();
    }

    private Optional<Start> find(UUID searchId) {
        return started.stream()
                .filter(trial -> trial.searchId().equals(searchId))
                .filter(trial -> published.containsKey(trial.probeId()))
                .map(trial -> new Start(published.getOrDefault(trial.probeId(), Instant.MAX), trial.at()))
                .findFirst();
    }

    long startsBetween(Instant from, Instant to) {
        return started.stream()
                .filter(trial -> trial.at().isAfter(from) && trial.at().isBefore(to))
                .count();
    }

    /** Probes that were published until then, and of which no trial had begun at that time. */
    long publishedAndNotStarted(Instant until, Instant time) {
        return published.entrySet().stream()
                .filter(probe -> !probe.getValue().isAfter(until))
                .filter(probe -> started.stream()
                        .noneMatch(trial -> trial.probeId().equals(probe.getKey())
                                && !trial.at().isAfter(time)))
                .count();
    }

    private void take() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            try {
                if (record.topic().equals("trials")) {
                    if (MessageJson.read(record.value(), TrialEvent.class) instanceof TrialEvent.Started start) {
                        started.add(start);
                    }
                } else {
                    published.putIfAbsent(
                            MessageJson.read(record.value(), Probe.class).probeId(),
                            Instant.ofEpochMilli(record.timestamp()));
                }
            } catch (UnreadableMessage e) {
                throw new AssertionError("the service sent what cannot be read", e);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
