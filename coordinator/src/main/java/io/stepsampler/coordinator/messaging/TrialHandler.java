package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.TrialEvent;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A worker began a trial, or ended it. */
@ApplicationScoped
public class TrialHandler {

    private final IncomingRecords records;
    private final Progress progress;

    TrialHandler(IncomingRecords records, Progress progress) {
        this.records = records;
        this.progress = progress;
    }

    @Incoming("trials")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        records.handle(record, TrialEvent.class, event -> {
            if (event instanceof TrialEvent.Finished finished) {
                progress.trialFinished(finished);
            }
        });
    }
}
