package io.stepsampler.coordinator.searches;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.storage.IdempotencyStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Jdbi;

/** Forgets what serves no longer. */
@ApplicationScoped
class Housekeeping {

    private final Jdbi database;

    Housekeeping(Jdbi database) {
        this.database = database;
    }

    @Scheduled(every = "1h")
    void forgetOldKeys() {
        database.useTransaction(IdempotencyStore::forgetOld);
    }
}
