package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.storage.SearchStore.Standing;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.Settings;
import io.stepsampler.method.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A search whose row a transaction holds, and its probes. What changes changes here, as often as it may;
 * {@link HeldSearches#write} writes it once.
 */
public final class HeldSearch {

    private static final Comparator<StoredProbe> BY_ROUND_AND_RATE = Comparator.comparingInt(
                    (StoredProbe stored) -> stored.probe().round())
            .thenComparingDouble(stored -> stored.probe().learningRate())
            .thenComparing(StoredProbe::probeId);

    private final Search search;
    private final Standing before;
    private final Map<UUID, StoredProbe> probes = new HashMap<>();
    private final Map<UUID, StoredProbe> changed = new LinkedHashMap<>();
    private final List<ProbeIssue> issues = new ArrayList<>();
    private final List<OutgoingMessage> messages = new ArrayList<>();
    private boolean awaitsDecision;
    private SearchState state;
    private long curveRevision;

    HeldSearch(RememberedSearch known, Standing before) {
        this.search = known.search();
        this.before = before;
        this.state = before.state();
        this.curveRevision = before.curveRevision();
        known.probes().forEach(probe -> this.probes.put(probe.probeId(), probe));
    }

    public Search search() {
        return search;
    }

    public Settings settings() {
        return Settings.of(search.specification());
    }

    public SearchState state() {
        return state;
    }

    public long curveRevision() {
        return curveRevision;
    }

    /** Since the search was admitted. */
    public double wallSeconds() {
        return before.wallSeconds();
    }

    /** By round and learning rate, whatever the order in which they ended. */
    public List<StoredProbe> probes() {
        return probes.values().stream().sorted(BY_ROUND_AND_RATE).toList();
    }

    /** In the order of their probes. */
    public List<Trial> trials() {
        return probes().stream().map(StoredProbe::trial).toList();
    }

    /** Whether the search has asked for that probe, ended or not. */
    public boolean isPlanned(UUID probeId) {
        return probes.containsKey(probeId);
    }

    /** That probe, unless it has ended or was never asked for. */
    public Optional<StoredProbe> open(UUID probeId) {
        return Optional.ofNullable(probes.get(probeId))
                .filter(probe -> probe.state().isOpen());
    }

    public void plan(PlannedProbe probe) {
        UUID probeId = ProbeIdentity.of(
                search.searchId(), probe.kind(search.specification().search()), probe.seed(), probe.steps());
        put(StoredProbe.planned(probeId, probe));
    }

    /** A trial began; of a probe that has ended, this changes nothing. */
    public void begun(UUID probeId) {
        open(probeId).ifPresent(probe -> put(probe.begun()));
    }

    /** Counts a further issue; the clock of the trial begins anew. */
    public void issuedAgain(UUID probeId) {
        change(probeId, StoredProbe::issuedAgain);
    }

    /** The first outcome of a probe wins: it must be open. */
    public void ended(TrialEvent.Finished end) {
        change(end.probeId(), probe -> probe.ended(end));
        awaitsDecision = true;
    }

    /** Whether a probe has ended since the curve changed last. */
    public boolean awaitsDecision() {
        return awaitsDecision;
    }

    /** The curve has changed, and the search is over where that is a final state. */
    public void curveChanged(SearchState now) {
        awaitsDecision = false;
        state = now;
        curveRevision++;
    }

    /** To be sent with what else the transaction sends. */
    public void issue(ProbeIssue issue) {
        issues.add(issue);
    }

    public List<ProbeIssue> issues() {
        return issues;
    }

    /** Leaves when the transaction commits. */
    public void send(OutgoingMessage message) {
        messages.add(message);
    }

    List<StoredProbe> changed() {
        return List.copyOf(changed.values());
    }

    boolean hasChanged() {
        return !changed.isEmpty() || curveRevision > before.curveRevision();
    }

    /** Once what has changed is written. */
    long version() {
        return before.version() + 1;
    }

    RememberedSearch remembered() {
        return new RememberedSearch(search, List.copyOf(probes.values()));
    }

    List<OutgoingMessage> messages() {
        return messages;
    }

    private void change(UUID probeId, UnaryOperator<StoredProbe> change) {
        put(change.apply(open(probeId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "probe " + probeId + " of search " + search().searchId() + " is not open"))));
    }

    private void put(StoredProbe probe) {
        probes.put(probe.probeId(), probe);
        changed.put(probe.probeId(), probe);
    }
}
