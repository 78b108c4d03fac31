package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.storage.SearchStore.Version;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the analyzer says of searches, in their rows. Every method works in the caller's transaction. */
public final class CurveStore {

    private CurveStore() {}

    /** Of whose search, and how far it is. */
    public record Standing(String team, SearchState state, Version version) {}

    /**
     * Holds the searches' rows until the transaction ends, and reads neither their specifications nor their findings. Locked
     * in one order by all, or two would wait for each other.
     */
    public static Map<UUID, Standing> lock(Handle transaction, Set<UUID> searchIds) {
        return transaction
                .createQuery("select search_id, team, state, revision, curve_revision from search"
                        + " where search_id = any(:searchIds) order by search_id for update")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> Map.entry(
                        row.getObject("search_id", UUID.class),
                        new Standing(
                                row.getString("team"),
                                SearchState.valueOf(row.getString("state")),
                                new Version(row.getLong("revision"), row.getLong("curve_revision")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public static void write(Handle transaction, List<CurveUpdate> updates) {
        if (updates.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("update search set curve_revision = :curveRevision,"
                + " finding = :finding::jsonb, outstanding = :outstanding where search_id = :searchId");
        for (CurveUpdate update : updates) {
            Finding.Progress progress = update.finding().progress();
            batch.bind("searchId", update.searchId())
                    .bind("curveRevision", update.revision())
                    .bind("finding", SearchStore.json(update.finding()))
                    .bind("outstanding", progress == null ? 0 : progress.planned() - progress.done())
                    .add();
        }
        batch.execute();
    }
}
