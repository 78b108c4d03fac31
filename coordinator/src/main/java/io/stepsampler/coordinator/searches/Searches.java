package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.SearchPage;
import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.SearchSummaries;
import io.stepsampler.coordinator.storage.SearchSummary;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.storage.StoredTrial;
import io.stepsampler.coordinator.storage.TrialStore;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a team can do with its searches: look at them, cancel them. */
@Singleton
public final class Searches {

    private final Jdbi database;
    private final TopicNames topics;
    private final Admissions admissions;
    private final Announcements announcements;

    Searches(Jdbi database, TopicNames topics, Admissions admissions, Announcements announcements) {
        this.database = database;
        this.topics = topics;
        this.admissions = admissions;
        this.announcements = announcements;
    }

    public Optional<StoredSearch> find(String team, UUID searchId) {
        return database.withHandle(handle -> SearchStore.find(handle, team, searchId));
    }

    /** Those of them that there are. {@code teams}: of each search, by its id; another team's search is not found. */
    public List<StoredSearch> find(Map<UUID, String> teams) {
        return database.withHandle(handle -> SearchStore.find(handle, teams));
    }

    /** The newest first. */
    public List<SearchSummary> list(String team, SearchPage page) {
        return database.withHandle(handle -> SearchSummaries.list(handle, team, page));
    }

    public Map<UUID, SearchStore.Version> versions(List<UUID> searchIds) {
        return database.withHandle(handle -> SearchStore.versions(handle, searchIds));
    }

    /** In the order in which they ended, those of every attempt. */
    public List<StoredTrial> trials(UUID searchId) {
        return database.withHandle(handle -> TrialStore.ofSearch(handle, searchId));
    }

    /** Empty where the search's trials are kept. */
    public Optional<Instant> trialsDeletedAt(UUID searchId) {
        return database.withHandle(handle -> TrialStore.deletedAt(handle, searchId));
    }

    /** A search that is over stays as it is. Empty where the team has no such search. */
    public Optional<Finding> cancel(Caller caller, UUID searchId) {
        Optional<Finding> finding = database.inTransaction(transaction -> SearchStore.lock(transaction, searchId)
                .filter(stored -> stored.search().team().equals(caller.team()))
                .map(stored -> cancel(transaction, caller, stored)));
        find(caller.team(), searchId)
                .ifPresent(stored ->
                        admissions.tryToAdmit(stored.search().specification().pool()));
        return finding;
    }

    private Finding cancel(Handle transaction, Caller caller, StoredSearch stored) {
        Search search = stored.search();
        if (search.state().isFinal()) {
            return stored.finding();
        }
        Search cancelled = new Search(
                search.searchId(), search.team(), search.revision() + 1, SearchState.CANCELLED, search.specification());
        Finding finding = Findings.inState(stored.finding(), SearchState.CANCELLED);
        SearchStore.setState(transaction, search.searchId(), SearchState.CANCELLED, cancelled.revision(), finding);
        Outbox.add(transaction, OutgoingMessage.json(topics.searches(), search.searchId(), cancelled));
        announcements.announce(transaction, search.team(), finding);
        AuditStore.add(
                transaction,
                caller,
                search.team(),
                "cancel search",
                search.searchId().toString());
        return finding;
    }
}
