package io.stepsampler.coordinator.messaging;

import io.quarkus.runtime.StartupEvent;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.wiring.RecordLoops;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Workers began trials, or ended them. */
@ApplicationScoped
public class TrialHandler {

    /** Nobody waits for them: the first round is sent so much later, and what is kept is kept in fewer transactions. */
    private static final Duration GATHERING = Duration.ofMillis(25);

    private final IncomingRecords records;
    private final Progress progress;

    TrialHandler(IncomingRecords records, Progress progress) {
        this.records = records;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event, RecordLoops loops, TopicNames topics) {
        loops.start(topics.trials(), "coordinator.trials", GATHERING, this::on);
    }

    private void on(List<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
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
