package io.stepsampler.analyzer.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of searches. Every method works in the caller's transaction. */
public final class SearchStore {

    private SearchStore() {}

    /** Holds the search's row until the transaction ends, so that one outcome after the other is decided on. */
    public static Optional<StoredSearch> lock(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("select * from search where search_id = :searchId for update")
                .bind("searchId", searchId)
                .map((row, context) -> new StoredSearch(
                        search(row), SearchState.valueOf(row.getString("state")), row.getLong("curve_revision")))
                .findOne();
    }

    /**
     * How far a search is.
     *
     * @param version one more with every change of the search or its probes
     * @param wallSeconds since it was admitted
     */
    record Standing(SearchState state, long version, long curveRevision, double wallSeconds) {}

    /** Of those that are known, by their ids. Their rows are locked, in one order by all, or two would wait for each other. */
    static Map<UUID, Standing> lockStandings(Handle transaction, Collection<UUID> searchIds) {
        return transaction
                .createQuery("select search_id, state, version, curve_revision,"
                        + " extract(epoch from now() - admitted_at) as wall_seconds"
                        + " from search where search_id = any(:searchIds) order by search_id for update")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> Map.entry(
                        row.getObject("search_id", UUID.class),
                        new Standing(
                                SearchState.valueOf(row.getString("state")),
                                row.getLong("version"),
                                row.getLong("curve_revision"),
                                row.getDouble("wall_seconds"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Those of them that are known. */
    static List<Search> find(Handle transaction, Collection<UUID> searchIds) {
        return transaction
                .createQuery("select * from search where search_id = any(:searchIds)")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> search(row))
                .list();
    }

    /**
     * Lets one transaction at a time decide whether a search is known: else its arrival and an early event, side by side,
     * would each miss the other.
     */
    public static void lockArrival(Handle transaction, UUID searchId) {
        transaction
                .createQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:searchId, 0))) locked")
                .bind("searchId", searchId.toString())
                .mapTo(Integer.class)
                .one();
    }

    /** Whether the search is new here. */
    public static boolean insert(Handle transaction, Search search) {
        return transaction
                        .createUpdate("insert into search (search_id, team, pool, specification, state, revision)"
                                + " values (:searchId, :team, :pool, :specification::jsonb, :state, :revision)"
                                + " on conflict do nothing")
                        .bind("searchId", search.searchId())
                        .bind("team", search.team())
                        .bind("pool", search.specification().pool())
                        .bind("specification", json(search.specification()))
                        .bind("state", search.state().name())
                        .bind("revision", search.revision())
                        .execute()
                == 1;
    }

    public static void cancel(Handle transaction, Search search) {
        transaction
                .createUpdate("update search set state = 'CANCELLED', revision = :revision, version = version + 1,"
                        + " finished_at = now()"
                        + " where search_id = :searchId")
                .bind("searchId", search.searchId())
                .bind("revision", search.revision())
                .execute();
    }

    /** The search is over, whatever its probes brought. */
    public static void fail(Handle transaction, UUID searchId) {
        transaction
                .createUpdate("update search set state = 'FAILED', curve_revision = curve_revision + 1,"
                        + " version = version + 1, finished_at = now() where search_id = :searchId")
                .bind("searchId", searchId)
                .execute();
    }

    /** Writes how far the searches are now, and that they have changed. */
    static void write(Handle transaction, Collection<HeldSearch> changed) {
        PreparedBatch batch = transaction.prepareBatch("update search set state = :state,"
                + " curve_revision = :curveRevision, version = :version,"
                + " finished_at = case when :final then now() end where search_id = :searchId");
        changed.forEach(search -> batch.bind("searchId", search.search().searchId())
                .bind("state", search.state().name())
                .bind("curveRevision", search.curveRevision())
                .bind("version", search.version())
                .bind("final", search.state().isFinal())
                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    public static void keepEarly(Handle transaction, TrialEvent event) {
        transaction
                .createUpdate("insert into early_trial_event (search_id, event) values (:searchId, :event::jsonb)")
                .bind("searchId", event.searchId())
                .bind("event", json(event))
                .execute();
    }

    public static List<TrialEvent> takeEarly(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("with taken as (delete from early_trial_event where search_id = :searchId returning *)"
                        + " select event from taken order by id")
                .bind("searchId", searchId)
                .map((row, context) -> parse(row.getString("event"), TrialEvent.class))
                .list();
    }

    /** Forgets those whose search has not arrived within so many days. */
    public static void forgetEarly(Handle transaction, int olderThanDays) {
        transaction
                .createUpdate("delete from early_trial_event where kept_at < now() - make_interval(days => :days)")
                .bind("days", olderThanDays)
                .execute();
    }

    private static Search search(ResultSet row) throws SQLException {
        return new Search(
                row.getObject("search_id", UUID.class),
                row.getString("team"),
                row.getLong("revision"),
                SearchState.valueOf(row.getString("state")),
                parse(row.getString("specification"), SearchSpecification.class));
    }

    static String json(Object value) {
        return new String(MessageJson.write(value), StandardCharsets.UTF_8);
    }

    static <T> T parse(String json, Class<T> type) {
        try {
            return MessageJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the database holds what is not a " + type.getSimpleName() + ": " + json, e);
        }
    }
}
