package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Finding;
import io.stepsampler.method.SeriesFinding;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Searches by the training run whose checkpoints they start from. */
public final class SeriesStore {

    private static final String SUMMARIES = "select series_name, count(*) as searches, max(series_step) as last_step"
            + " from search where team = :team and series_name is not null";

    private SeriesStore() {}

    /** @param searches those that hold for no step any more included */
    public record Summary(String name, long searches, long lastStep) {}

    /**
     * By name.
     *
     * @param after the last name of the page before
     */
    public static List<Summary> list(Handle handle, String team, @Nullable String after, int limit) {
        return handle.createQuery(SUMMARIES + " and (:after::text is null or series_name > :after)"
                        + " group by series_name order by series_name limit :limit")
                .bind("team", team)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) ->
                        new Summary(row.getString("series_name"), row.getLong("searches"), row.getLong("last_step")))
                .list();
    }

    public static boolean exists(Handle handle, String team, String name) {
        return handle.createQuery("select exists (select 1 from search where team = :team and series_name = :name)")
                .bind("team", team)
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * By step. Of several searches of a step the last one submitted holds, but no search without an answer takes the place
     * of one that has it: not while it waits or runs, nor when it failed or was cancelled.
     *
     * @param after the last step of the page before; below 0 for the first page
     */
    public static List<SeriesStep> steps(Handle handle, String team, String name, long after, int limit) {
        return handle.createQuery("select distinct on (series_step) series_step, search_id, submitted_at,"
                        + " finding - '{points,selections,otherReading,sweep,provenance}'::text[] as finding"
                        + " from search where team = :team and series_name = :name and series_step > :after"
                        + " order by series_step,"
                        + " case when state in ('FOUND', 'BUDGET_SPENT', 'UNRELIABLE') then 0"
                        + " when state in ('QUEUED', 'RUNNING') then 1 when state = 'FAILED' then 2 else 3 end,"
                        + " submitted_at desc, search_id desc limit :limit")
                .bind("team", team)
                .bind("name", name)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new SeriesStep(
                        row.getObject("search_id", UUID.class),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                        new SeriesFinding(
                                row.getLong("series_step"),
                                SearchStore.parse(row.getString("finding"), Finding.class))))
                .list();
    }
}
