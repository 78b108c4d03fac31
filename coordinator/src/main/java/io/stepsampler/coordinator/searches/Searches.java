package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.delivery.wiring.OutboxSender;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a team can do: submit a search, look at it, cancel it. */
@Singleton
public final class Searches {

    private final Jdbi database;
    private final TopicNames topics;
    private final Admissions admissions;
    private final Announcements announcements;
    private final OutboxSender outbox;

    Searches(
            Jdbi database, TopicNames topics, Admissions admissions, Announcements announcements, OutboxSender outbox) {
        this.database = database;
        this.topics = topics;
        this.admissions = admissions;
        this.announcements = announcements;
        this.outbox = outbox;
    }

    /** The same id a second time gives the search that is there already. */
    public Finding submit(String team, UUID searchId, SearchSpecification specification) {
        Search search = new Search(searchId, team, 0, SearchState.QUEUED, specification);
        Finding queued = Findings.queued(searchId, specification.name());
        database.useTransaction(transaction -> SearchStore.insert(transaction, search, queued));
        admissions.admit(specification.pool());
        return find(team, searchId).map(StoredSearch::finding).orElse(queued);
    }

    public Optional<StoredSearch> find(String team, UUID searchId) {
        return database.withHandle(handle -> SearchStore.find(handle, team, searchId));
    }

    /** The newest first. */
    public List<StoredSearch> list(String team, int atMost) {
        return database.withHandle(handle -> SearchStore.list(handle, team, atMost));
    }

    /** A search that is over stays as it is. Empty where the team has no such search. */
    public Optional<Finding> cancel(String team, UUID searchId) {
        Optional<Finding> finding = database.inTransaction(transaction -> SearchStore.lock(transaction, searchId)
                .filter(stored -> stored.search().team().equals(team))
                .map(stored -> cancel(transaction, stored)));
        outbox.wake();
        find(team, searchId)
                .ifPresent(stored ->
                        admissions.admit(stored.search().specification().pool()));
        return finding;
    }

    private Finding cancel(Handle transaction, StoredSearch stored) {
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
        return finding;
    }
}
