package io.stepsampler.coordinator.teams;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;
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

    /** Before the first request, so that settings that cannot be are refused then. */
    void start(@Observes StartupEvent event) {
        look();
    }

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

    /** As it is at this moment, and stays until the transaction ends. */
    public Deployment held(Handle transaction) {
        DeclarationStore.hold(transaction);
        return read(transaction);
    }

    /** Whether the team is there and nothing says that it goes; it stays so until the transaction ends. */
    boolean holdsStaying(Handle transaction, String team) {
        Deployment held = held(transaction);
        return held.team(team).isPresent() && !held.isLeaving(new Declaration.Id(Declaration.Kind.TEAM, "", team));
    }

    void refresh() {
        database.useTransaction(this::read);
    }

    private Deployment read(Handle transaction) {
        long version = DeclarationStore.version(transaction);
        Known before = known;
        if (version == before.version()) {
            return before.deployment();
        }
        List<StoredDeclaration> stored = DeclarationStore.all(transaction);
        Known now = new Known(
                version,
                new Deployment(
                        stored.stream().map(StoredDeclaration::declaration).toList(),
                        StoredDeclaration.leaving(stored)));
        keep(now);
        return now.deployment();
    }

    /** Another thread may have read later. */
    private synchronized void keep(Known read) {
        if (read.version() > known.version()) {
            known = read;
        }
    }
}
