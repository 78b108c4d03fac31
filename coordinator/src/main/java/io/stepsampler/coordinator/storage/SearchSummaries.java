package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.SearchState;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/** Searches as lists show them: neither findings nor search files are read. In the caller's transaction. */
public final class SearchSummaries {

    private SearchSummaries() {}

    /** The newest first. */
    public static List<SearchSummary> list(Handle transaction, String team, SearchPage page) {
        SearchPage.Cursor after = page.after();
        List<String> states = page.states().stream().map(Enum::name).toList();
        return transaction
                .createQuery(query(page))
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("team", team)
                .bind("state", states.isEmpty() ? null : states.get(0))
                .bindArray("states", String.class, states)
                .bind("name", page.name())
                .bind("pool", page.pool())
                .bind("searchId", page.searchId())
                .bind("afterTime", after == null ? null : after.submittedAt())
                .bind("afterId", after == null ? null : after.searchId())
                .bind("limit", page.limit())
                .map((row, context) -> new SearchSummary(
                        row.getObject("search_id", UUID.class),
                        row.getString("name"),
                        row.getString("pool"),
                        SearchState.valueOf(row.getString("state")),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                        row.getObject("recommended_learning_rate", Double.class)))
                .list();
    }

    /** What is not asked for does not stand in the query, so that an index serves what is. */
    static String query(SearchPage page) {
        List<String> conditions = new ArrayList<>(List.of("team = :team"));
        if (!page.states().isEmpty()) {
            // of one state alone, the index has the searches in their order
            conditions.add(page.states().size() == 1 ? "state = :state" : "state = any(:states)");
        }
        if (page.name() != null) {
            conditions.add("strpos(lower(name), lower(:name)) > 0");
        }
        if (page.pool() != null) {
            conditions.add("pool = :pool");
        }
        if (page.searchId() != null) {
            conditions.add("starts_with(search_id::text, :searchId)");
        }
        if (page.after() != null) {
            conditions.add("(submitted_at, search_id) < (:afterTime, :afterId)");
        }
        return "select search_id, name, pool, state, submitted_at, recommended_learning_rate from search where "
                + String.join(" and ", conditions) + " order by submitted_at desc, search_id desc limit :limit";
    }
}
