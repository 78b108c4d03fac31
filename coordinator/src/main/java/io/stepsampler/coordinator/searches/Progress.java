package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.CurveStore;
import io.stepsampler.coordinator.storage.CurveStore.Standing;
import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.SearchStore.Owner;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.storage.TrialStore;
import io.stepsampler.coordinator.storage.UsageStore;
import io.stepsampler.coordinator.teams.Teams;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What workers and analyzer report, taken in: the first rates follow the baseline, the finding follows the curve. */
@Singleton
public final class Progress {

    private final Jdbi database;
    private final FirstProbes firstProbes;
    private final Admissions admissions;
    private final Announcements announcements;
    private final Teams teams;

    Progress(Jdbi database, FirstProbes firstProbes, Admissions admissions, Announcements announcements, Teams teams) {
        this.database = database;
        this.firstProbes = firstProbes;
        this.admissions = admissions;
        this.announcements = announcements;
        this.teams = teams;
    }

    /** Keeps them; and sends the first round of rates where the baseline was measured: model and data are known to fit. */
    public void trialsEnded(List<TrialEvent.Finished> trials) {
        if (trials.isEmpty()) {
            return;
        }
        database.useTransaction(transaction -> {
            sendFirstRounds(transaction, trials);
            keep(transaction, trials);
        });
    }

    private void sendFirstRounds(Handle transaction, List<TrialEvent.Finished> trials) {
        Set<UUID> waiting = SearchStore.awaitFirstRound(transaction, searchIds(trials));
        // in the order in which curves lock rows, or the two would wait for each other: Java compares ids otherwise
        trials.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Measured && waiting.contains(trial.searchId()))
                .sorted(Comparator.comparing(trial -> trial.searchId().toString()))
                .forEach(trial -> sendFirstRound(transaction, trial));
    }

    private void sendFirstRound(Handle transaction, TrialEvent.Finished finished) {
        SearchStore.lock(transaction, finished.searchId())
                .filter(stored -> isFirst(stored, finished))
                .ifPresent(stored -> SearchStore.gridSent(
                        transaction,
                        finished.searchId(),
                        firstProbes.sendFirstRound(
                                transaction, stored.search(), finished.outcome(), finished.conditions())));
    }

    /** Whether the trial was that of the baseline, and the first to be told. */
    private static boolean isFirst(StoredSearch stored, TrialEvent.Finished finished) {
        return stored.search().state() == SearchState.RUNNING
                && !stored.gridSent()
                && isBaseline(stored.search(), finished.probeId());
    }

    private void keep(Handle transaction, List<TrialEvent.Finished> trials) {
        List<TrialEvent.Finished> kept = TrialStore.insert(transaction, trials);
        Map<UUID, Owner> owners = SearchStore.owners(transaction, searchIds(kept));
        Map<Owner, List<TrialEvent.Finished>> byOwner = kept.stream()
                .filter(trial -> owners.containsKey(trial.searchId()))
                .collect(Collectors.groupingBy(
                        trial -> owners.get(trial.searchId()),
                        () -> new TreeMap<>(Comparator.comparing(Owner::pool).thenComparing(Owner::team)),
                        Collectors.toList()));
        byOwner.forEach((owner, ofOwner) -> UsageStore.add(transaction, owner, teams.weight(owner.team()), ofOwner));
    }

    private static Set<UUID> searchIds(List<TrialEvent.Finished> trials) {
        return trials.stream().map(TrialEvent.Finished::searchId).collect(Collectors.toSet());
    }

    /** A finding after the end of the search, or older than the one that is known, changes nothing. */
    public void curvesChanged(List<CurveUpdate> updates) {
        Map<UUID, CurveUpdate> newest = new HashMap<>();
        updates.forEach(update -> newest.merge(update.searchId(), update, Progress::later));
        database.useTransaction(transaction -> {
            Map<UUID, Standing> standings = CurveStore.lock(transaction, newest.keySet());
            List<CurveUpdate> news = newest.values().stream()
                    .filter(update -> isNews(update, standings.get(update.searchId())))
                    .toList();
            CurveStore.write(transaction, news);
            news.stream()
                    .filter(update -> update.finding().state().isFinal())
                    .forEach(update ->
                            end(transaction, Objects.requireNonNull(standings.get(update.searchId())), update));
        });
        if (newest.values().stream().anyMatch(update -> update.finding().state().isFinal())) {
            admissions.admitEverywhere();
        }
    }

    private static boolean isNews(CurveUpdate update, @Nullable Standing standing) {
        return standing != null
                && !standing.state().isFinal()
                && update.revision() > standing.version().curveRevision();
    }

    /** Which of two changes counts that came together, in the order in which they came. */
    private static CurveUpdate later(CurveUpdate first, CurveUpdate second) {
        return first.finding().state().isFinal() || first.revision() >= second.revision() ? first : second;
    }

    private void end(Handle transaction, Standing standing, CurveUpdate last) {
        Finding finding = last.finding();
        SearchStore.setState(
                transaction,
                last.searchId(),
                finding.state(),
                standing.version().revision() + 1,
                finding);
        announcements.announce(transaction, standing.team(), finding);
    }

    private static boolean isBaseline(Search search, UUID probeId) {
        PlannedProbe baseline = StepSampling.baseline(Settings.of(search.specification()));
        return probeId.equals(
                ProbeIdentity.of(search.searchId(), new ProbeKind.ConstantRate(0), baseline.seed(), baseline.steps()));
    }
}
