package io.stepsampler.analyzer.messaging;

import io.quarkus.runtime.StartupEvent;
import io.stepsampler.analyzer.rounds.BrokenSearches;
import io.stepsampler.delivery.Inbox;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.wiring.RecordLoops;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;

/** Workers began trials, or ended them. */
@ApplicationScoped
public class TrialHandler {

    /** Outcomes of a round come together and are decided on together, which costs one decision and one curve. */
    private static final Duration GATHERING = Duration.ofMillis(4);

    private final IncomingRecords records;
    private final Jdbi database;
    private final TrialEvents trialEvents;
    private final BrokenSearches broken;

    TrialHandler(IncomingRecords records, Jdbi database, TrialEvents trialEvents, BrokenSearches broken) {
        this.records = records;
        this.database = database;
        this.trialEvents = trialEvents;
        this.broken = broken;
    }

    void start(@Observes StartupEvent event, RecordLoops loops, TopicNames topics) {
        loops.start(topics.trials(), "analyzer.trials", GATHERING, this::on);
    }

    private void on(List<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
        records.handleTogether(batch, TrialEvent.class, this::apply, (event, bug) -> broken.end(event.searchId(), bug));
    }

    private void apply(List<TrialEvent> events) {
        Map<String, TrialEvent> byMessage = new LinkedHashMap<>();
        events.forEach(event -> byMessage.putIfAbsent(messageId(event), event));
        database.useTransaction(transaction -> {
            byMessage.keySet().retainAll(Inbox.accept(transaction, byMessage.keySet()));
            trialEvents.apply(transaction, byMessage.values());
        });
    }

    /** Two trials of one probe are two events; the same record twice is one. */
    private static String messageId(TrialEvent event) {
        String part = event instanceof TrialEvent.Started started
                ? "started|" + started.workerId() + "|" + started.at()
                : "finished|" + event.attempt();
        return event.probeId() + "|" + part;
    }
}
