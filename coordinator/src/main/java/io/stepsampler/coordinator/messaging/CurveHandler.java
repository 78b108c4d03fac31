package io.stepsampler.coordinator.messaging;

import io.quarkus.runtime.StartupEvent;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.wiring.RecordLoops;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The analyzer has more of some curves, or their findings. */
@ApplicationScoped
public class CurveHandler {

    /** Nobody waits for them: a finding is seen so much later, and written so much less often. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final IncomingRecords records;
    private final Progress progress;

    CurveHandler(IncomingRecords records, Progress progress) {
        this.records = records;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event, RecordLoops loops, TopicNames topics) {
        loops.start(topics.curves(), "coordinator.curves", GATHERING, this::on);
    }

    private void on(List<ConsumerRecord<String, byte[]>> batch) throws InterruptedException {
        records.handleTogether(batch, CurveUpdate.class, progress::curvesChanged, (update, bug) -> {});
    }
}
