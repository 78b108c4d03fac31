package io.stepsampler.coordinator.teams;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** What is declared now: teams, pools, templates and triggers, whichever replica changed them. */
@Singleton
public class KnownDeployment {

    private final Jdbi database;
    private final DeclaredFiles files;
    private volatile Known known = new Known(-1, Deployment.EMPTY);

    KnownDeployment(Jdbi database, DeclaredFiles files) {
        this.database = database;
        this.files = files;
    }

    private record Known(long version, Deployment deployment) {}

    public Deployment current() {
        if (known.version() < 0) {
            look();
        }
        return known.deployment();
    }

    /** As it is at this moment, whichever replica changed it last. */
    public Deployment fresh() {
        refresh();
        return current();
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        files.take();
        refresh();
    }

    void refresh() {
        database.useTransaction(transaction -> {
            long version = DeclarationStore.version(transaction);
            if (version != known.version()) {
                known = new Known(
                        version,
                        new Deployment(DeclarationStore.all(transaction).stream()
                                .map(StoredDeclaration::declaration)
                                .toList()));
            }
        });
    }
}
