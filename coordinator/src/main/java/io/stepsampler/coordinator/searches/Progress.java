package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.storage.TrialStore;
import io.stepsampler.coordinator.storage.UsageStore;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.delivery.wiring.OutboxSender;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What workers and analyzer report, taken in: the first rates follow the baseline, the finding follows the curve. */
@Singleton
public final class Progress {

    private final Jdbi database;
    private final FirstProbes firstProbes;
    private final Admissions admissions;
    private final Announcements announcements;
    private final OutboxSender outbox;
    private final Teams teams;

    Progress(
            Jdbi database,
            FirstProbes firstProbes,
            Admissions admissions,
            Announcements announcements,
            OutboxSender outbox,
            Teams teams) {
        this.database = database;
        this.firstProbes = firstProbes;
        this.admissions = admissions;
        this.announcements = announcements;
        this.outbox = outbox;
        this.teams = teams;
    }

    /** Keeps it; and sends the first round of rates once the baseline was measured: now model and data are known to fit. */
    public void trialFinished(TrialEvent.Finished finished) {
        boolean isSent = database.inTransaction(transaction -> {
            boolean sends = finished.outcome() instanceof Outcome.Measured
                    && SearchStore.awaitsFirstRound(transaction, finished.searchId())
                    && sendFirstRound(transaction, finished);
            keep(transaction, finished);
            return sends;
        });
        if (isSent) {
            outbox.wake();
        }
    }

    /** Whether the trial was that of the baseline, and the first to be told. */
    private static boolean isFirst(StoredSearch stored, TrialEvent.Finished finished) {
        return stored.search().state() == SearchState.RUNNING
                && !stored.gridSent()
                && isBaseline(stored.search(), finished.probeId());
    }

    private boolean sendFirstRound(Handle transaction, TrialEvent.Finished finished) {
        Optional<StoredSearch> first =
                SearchStore.lock(transaction, finished.searchId()).filter(stored -> isFirst(stored, finished));
        first.ifPresent(stored -> SearchStore.gridSent(
                transaction,
                finished.searchId(),
                firstProbes.sendFirstRound(transaction, stored.search(), finished.outcome(), finished.conditions())));
        return first.isPresent();
    }

    private void keep(Handle transaction, TrialEvent.Finished finished) {
        if (TrialStore.insert(transaction, finished)) {
            SearchStore.owner(transaction, finished.searchId())
                    .ifPresent(owner -> UsageStore.add(transaction, owner, teams.weight(owner.team()), finished));
        }
    }

    /** A finding after the end of the search, or older than the one that is known, changes nothing. */
    public void curveChanged(CurveUpdate update) {
        database.useTransaction(transaction -> SearchStore.lock(transaction, update.searchId())
                .filter(stored -> !stored.search().state().isFinal())
                .filter(stored -> update.revision() > stored.curveRevision())
                .ifPresent(stored -> take(transaction, stored, update)));
        if (update.finding().state().isFinal()) {
            outbox.wake();
            admissions.admitEverywhere();
        }
    }

    private void take(Handle transaction, StoredSearch stored, CurveUpdate update) {
        Finding finding = update.finding();
        SearchStore.setCurve(transaction, update.searchId(), update.revision(), finding);
        if (finding.state().isFinal()) {
            SearchStore.setState(
                    transaction,
                    update.searchId(),
                    finding.state(),
                    stored.search().revision() + 1,
                    finding);
            announcements.announce(transaction, stored.search().team(), finding);
        }
    }

    private static boolean isBaseline(Search search, UUID probeId) {
        PlannedProbe baseline = StepSampling.baseline(Settings.of(search.specification()));
        return probeId.equals(
                ProbeIdentity.of(search.searchId(), new ProbeKind.ConstantRate(0), baseline.seed(), baseline.steps()));
    }
}
