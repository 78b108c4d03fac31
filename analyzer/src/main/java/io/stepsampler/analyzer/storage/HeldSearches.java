package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.storage.SearchStore.Standing;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.messages.Search;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The searches that a transaction decides on, one outcome after the other: read together, and written together. */
public final class HeldSearches {

    private final Handle transaction;
    private final RememberedSearches remembered;
    private final Map<UUID, HeldSearch> byId = new TreeMap<>();

    private HeldSearches(Handle transaction, RememberedSearches remembered) {
        this.transaction = transaction;
        this.remembered = remembered;
    }

    /** Some may not be known yet, and none of those arrives meanwhile. */
    static HeldSearches hold(Handle transaction, RememberedSearches remembered, Collection<UUID> searchIds) {
        HeldSearches held = new HeldSearches(transaction, remembered);
        held.add(searchIds);
        Collection<UUID> missing = new TreeSet<>(searchIds);
        missing.removeAll(held.byId.keySet());
        if (!missing.isEmpty()) {
            missing.forEach(searchId -> SearchStore.lockArrival(transaction, searchId));
            held.add(missing);
        }
        return held;
    }

    private void add(Collection<UUID> searchIds) {
        Map<UUID, Standing> unread = new HashMap<>();
        SearchStore.lockStandings(transaction, searchIds)
                .forEach((searchId, standing) -> remembered
                        .find(searchId, standing)
                        .ifPresentOrElse(known -> hold(known, standing), () -> unread.put(searchId, standing)));
        if (!unread.isEmpty()) {
            read(unread);
        }
    }

    /** Of a search that is over no probes: nothing changes any more. */
    private void read(Map<UUID, Standing> standings) {
        List<UUID> going = standings.entrySet().stream()
                .filter(standing -> !standing.getValue().state().isFinal())
                .map(Map.Entry::getKey)
                .toList();
        Map<UUID, List<StoredProbe>> probes = ProbeStore.ofSearches(transaction, going);
        for (Search search : SearchStore.find(transaction, standings.keySet())) {
            UUID searchId = search.searchId();
            hold(
                    new RememberedSearch(search, probes.getOrDefault(searchId, List.of())),
                    Objects.requireNonNull(standings.get(searchId)));
        }
    }

    private void hold(RememberedSearch known, Standing standing) {
        byId.put(known.search().searchId(), new HeldSearch(known, standing));
    }

    /** Those that are known. */
    public Collection<HeldSearch> all() {
        return byId.values();
    }

    /** Empty where the search is not known yet. */
    public Optional<HeldSearch> find(UUID searchId) {
        return Optional.ofNullable(byId.get(searchId));
    }

    /** What has changed, and the messages that follow from it. */
    public void write() {
        List<HeldSearch> changed =
                byId.values().stream().filter(HeldSearch::hasChanged).toList();
        ProbeStore.write(transaction, changed);
        SearchStore.write(transaction, changed);
        Outbox.add(
                transaction,
                changed.stream().flatMap(search -> search.messages().stream()).toList());
        transaction.afterCommit(() -> changed.forEach(this::remember));
    }

    private void remember(HeldSearch search) {
        if (search.state().isFinal()) {
            remembered.forget(search.search().searchId());
        } else {
            remembered.put(search.remembered(), search.version(), search.curveRevision());
        }
    }
}
