package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.WorkerState;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Jdbi;

/** A worker is alive. */
@ApplicationScoped
public class WorkerHandler {

    private final IncomingRecords records;
    private final Jdbi database;

    WorkerHandler(IncomingRecords records, Jdbi database) {
        this.records = records;
        this.database = database;
    }

    @Incoming("workers")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        records.handle(
                record,
                WorkerState.class,
                worker -> database.useTransaction(transaction -> PoolStore.seen(transaction, worker)));
    }
}
