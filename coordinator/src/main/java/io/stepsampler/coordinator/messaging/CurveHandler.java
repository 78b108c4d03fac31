package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.CurveUpdate;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The analyzer has more of some curves, or their findings. */
@ApplicationScoped
public class CurveHandler {

    private final IncomingRecords records;
    private final Progress progress;

    CurveHandler(IncomingRecords records, Progress progress) {
        this.records = records;
        this.progress = progress;
    }

    @Incoming("curves")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        records.handleTogether(batch, CurveUpdate.class, progress::curvesChanged, (update, bug) -> {});
    }
}
