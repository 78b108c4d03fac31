package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.messages.json.SearchLocations;
import io.stepsampler.method.KnownDigests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Trials whose outcomes may be taken over. Every method works in the caller's transaction. */
public final class FormerTrialStore {

    private static final int MOST = 32;

    private FormerTrialStore() {}

    /**
     * A probe that is to be sent.
     *
     * @param known what its earlier trials must agree with
     */
    public record Wanted(Probe probe, KnownDigests known) {}

    /**
     * Of each probe the newest trial under each of the conditions: first those of searches that name the same files, as
     * only a worker can tell what is in them, and of these the newest first; of one without trials nothing.
     */
    public static Map<Wanted, List<FormerTrial>> find(Handle transaction, List<Wanted> wanted, Duration youngerThan) {
        return transaction
                .createQuery("select former.*, number from unnest(:keys, :knowns, :files) with ordinality"
                        + " as wanted (key, known, files, number) cross join lateral"
                        + " (select * from (select distinct on (conditions) search_id, probe_id, conditions, outcome,"
                        + " stored_at, specification @> wanted.files::jsonb as same_files"
                        + " from trial join search using (search_id)"
                        + " where measurement_key = wanted.key and conditions @> wanted.known::jsonb"
                        + " and stored_at > now() - make_interval(secs => :seconds)"
                        + " order by conditions, same_files desc, stored_at desc) newest"
                        + " order by same_files desc, stored_at desc, probe_id limit :most) former"
                        + " order by number, same_files desc, stored_at desc, probe_id")
                .bindArray(
                        "keys",
                        String.class,
                        wanted.stream()
                                .map(each -> MeasurementKey.of(each.probe()))
                                .toList())
                .bindArray(
                        "knowns",
                        String.class,
                        wanted.stream()
                                .map(each -> SearchStore.json(each.known()))
                                .toList())
                .bindArray(
                        "files",
                        String.class,
                        wanted.stream()
                                .map(each -> SearchStore.json(SearchLocations.files(each.probe())))
                                .toList())
                .bind("seconds", (double) youngerThan.toSeconds())
                .bind("most", MOST)
                .map((row, context) -> Map.entry(wanted.get(row.getInt("number") - 1), former(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static FormerTrial former(ResultSet row) throws SQLException {
        return new FormerTrial(
                new TrialReference(row.getObject("search_id", UUID.class), row.getObject("probe_id", UUID.class)),
                SearchStore.parse(row.getString("conditions"), Conditions.class),
                SearchStore.parse(row.getString("outcome"), Outcome.class));
    }
}
