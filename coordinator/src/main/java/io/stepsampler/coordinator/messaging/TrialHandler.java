package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.TrialEvent;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Workers began trials, or ended them. */
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
    void on(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        records.handleTogether(
                batch,
                TrialEvent.class,
                events -> progress.trialsEnded(events.stream()
                        .filter(TrialEvent.Finished.class::isInstance)
                        .map(TrialEvent.Finished.class::cast)
                        .toList()),
                (event, bug) -> {});
    }
}
