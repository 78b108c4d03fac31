package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of searches. Every method works in the caller's transaction. */
public final class SearchStore {

    private SearchStore() {}

    /** Whether the search is new: the same id a second time changes nothing. */
    public static boolean insert(Handle transaction, Search search, Finding finding) {
        return transaction
                        .createUpdate("insert into search"
                                + " (search_id, team, pool, name, specification, state, revision, finding)"
                                + " values (:searchId, :team, :pool, :name, :specification::jsonb, :state,"
                                + " :revision, :finding::jsonb) on conflict do nothing")
                        .bind("searchId", search.searchId())
                        .bind("team", search.team())
                        .bind("pool", search.specification().pool())
                        .bind("name", search.specification().name())
                        .bind("specification", json(search.specification()))
                        .bind("state", search.state().name())
                        .bind("revision", search.revision())
                        .bind("finding", json(finding))
                        .execute()
                == 1;
    }

    /** Holds the search's row until the transaction ends. */
    public static Optional<StoredSearch> lock(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("select * from search where search_id = :searchId for update")
                .bind("searchId", searchId)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** Those whose first round of rates was not sent. Without locks: nearly all trials are asked this, few are a baseline's. */
    public static Set<UUID> awaitFirstRound(Handle transaction, Set<UUID> searchIds) {
        return transaction
                .createQuery("select search_id from search"
                        + " where search_id = any(:searchIds) and state = 'RUNNING' and not grid_sent")
                .bindArray("searchIds", UUID.class, searchIds)
                .mapTo(UUID.class)
                .set();
    }

    /** Whose search it is, and where it runs. */
    public record Owner(String team, String pool) {}

    /** Of each search that there is. */
    public static Map<UUID, Owner> owners(Handle transaction, Set<UUID> searchIds) {
        return transaction
                .createQuery("select search_id, team, pool from search where search_id = any(:searchIds)")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> Map.entry(
                        row.getObject("search_id", UUID.class),
                        new Owner(row.getString("team"), row.getString("pool"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Another team's search is not found. */
    public static Optional<StoredSearch> find(Handle transaction, String team, UUID searchId) {
        return transaction
                .createQuery("select * from search where search_id = :searchId and team = :team")
                .bind("searchId", searchId)
                .bind("team", team)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /**
     * Those of them that there are, in one reading.
     *
     * @param teams of each search, by its id; a search of another team is not found
     */
    public static List<StoredSearch> find(Handle transaction, Map<UUID, String> teams) {
        List<UUID> searchIds = List.copyOf(teams.keySet());
        return transaction
                .createQuery("select search.* from search"
                        + " join unnest(:searchIds, :teams) as wanted (search_id, team) using (search_id, team)")
                .bindArray("searchIds", UUID.class, searchIds)
                .bindArray(
                        "teams",
                        String.class,
                        searchIds.stream().map(teams::get).toList())
                .map((row, context) -> stored(row))
                .list();
    }

    /** Of each search that there is. */
    public static Map<UUID, Version> versions(Handle transaction, List<UUID> searchIds) {
        return transaction
                .createQuery("select search_id, revision, curve_revision from search where search_id = any(:searchIds)")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> Map.entry(
                        row.getObject("search_id", UUID.class),
                        new Version(row.getLong("revision"), row.getLong("curve_revision"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Changes whenever the finding does. */
    public record Version(long revision, long curveRevision) {

        @Override
        public String toString() {
            return revision + "-" + curveRevision;
        }
    }

    public static void setState(Handle transaction, UUID searchId, SearchState state, long revision, Finding finding) {
        transaction
                .createUpdate("update search set state = :state, revision = :revision, finding = :finding::jsonb,"
                        + " finished_at = case when :final then now() end where search_id = :searchId")
                .bind("searchId", searchId)
                .bind("state", state.name())
                .bind("revision", revision)
                .bind("finding", json(finding))
                .bind("final", state.isFinal())
                .execute();
    }

    /** Its baseline is sent. */
    public static void start(Handle transaction, Search running, Finding finding) {
        setState(transaction, running.searchId(), running.state(), running.revision(), finding);
        transaction
                .createUpdate("update search set outstanding = 1 where search_id = :searchId")
                .bind("searchId", running.searchId())
                .execute();
    }

    public static void gridSent(Handle transaction, UUID searchId, int probes) {
        transaction
                .createUpdate("update search set grid_sent = true, outstanding = :probes where search_id = :searchId")
                .bind("searchId", searchId)
                .bind("probes", probes)
                .execute();
    }

    private static StoredSearch stored(ResultSet row) throws SQLException {
        Search search = new Search(
                row.getObject("search_id", UUID.class),
                row.getString("team"),
                row.getLong("revision"),
                SearchState.valueOf(row.getString("state")),
                parse(row.getString("specification"), SearchSpecification.class));
        return new StoredSearch(
                search,
                row.getLong("curve_revision"),
                row.getBoolean("grid_sent"),
                parse(row.getString("finding"), Finding.class),
                row.getObject("submitted_at", OffsetDateTime.class).toInstant());
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
