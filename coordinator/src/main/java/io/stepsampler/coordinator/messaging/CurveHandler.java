package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.searches.Progress;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.CurveUpdate;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The analyzer has more of a curve, or the finding. */
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
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        records.handle(record, CurveUpdate.class, progress::curveChanged);
    }
}
