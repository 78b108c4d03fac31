package io.stepsampler.analyzer.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.analyzer.rounds.BrokenSearches;
import io.stepsampler.delivery.Inbox;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.wiring.OutboxSender;
import io.stepsampler.messages.TrialEvent;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Jdbi;

/** A worker began a trial, or ended it. */
@ApplicationScoped
public class TrialHandler {

    private final IncomingRecords records;
    private final Jdbi database;
    private final TrialEvents trialEvents;
    private final BrokenSearches broken;
    private final OutboxSender outbox;

    TrialHandler(
            IncomingRecords records,
            Jdbi database,
            TrialEvents trialEvents,
            BrokenSearches broken,
            OutboxSender outbox) {
        this.records = records;
        this.database = database;
        this.trialEvents = trialEvents;
        this.broken = broken;
        this.outbox = outbox;
    }

    @Incoming("trials")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        records.handle(record, TrialEvent.class, this::apply, (event, bug) -> broken.end(event.searchId(), bug));
    }

    private void apply(TrialEvent event) {
        database.useTransaction(transaction -> {
            if (Inbox.accept(transaction, messageId(event))) {
                trialEvents.apply(transaction, event);
            }
        });
        outbox.wake();
    }

    /** Two trials of one probe are two events; the same record twice is one. */
    private static String messageId(TrialEvent event) {
        String part = event instanceof TrialEvent.Started started
                ? "started|" + started.workerId() + "|" + started.at()
                : "finished|" + event.attempt();
        return event.probeId() + "|" + part;
    }
}
