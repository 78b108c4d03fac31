package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.messages.json.SearchLocations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Trials whose outcomes may be taken over. Every method works in the caller's transaction. */
public final class FormerTrialStore {

    private static final int MOST = 32;

    private FormerTrialStore() {}

    /**
     * Of each probe the newest trial under each of the conditions: first those of searches that name the same files, as
     * only a worker can tell what is in them, and of these the newest first; of one without trials nothing.
     */
    public static Map<ProbeIssue, List<FormerTrial>> find(
            Handle transaction, List<ProbeIssue> issues, Duration youngerThan) {
        if (issues.isEmpty()) {
            return Map.of();
        }
        return transaction
                .createQuery("select number, finished from unnest(:keys, :knowns, :files) with ordinality"
                        + " as wanted (key, known, files, number) cross join lateral"
                        + " (select * from (select distinct on (finished -> 'conditions')"
                        + " finished, ended_at, probe_id, specification @> wanted.files::jsonb as same_files"
                        + " from probe join search using (search_id)"
                        + " where measurement_key = wanted.key and finished -> 'conditions' @> wanted.known::jsonb"
                        + " and ended_at > now() - make_interval(secs => :seconds)"
                        + " order by finished -> 'conditions', same_files desc, ended_at desc) newest"
                        + " order by same_files desc, ended_at desc, probe_id limit :most) former"
                        + " order by number, same_files desc, ended_at desc, probe_id")
                .bindArray(
                        "keys",
                        String.class,
                        issues.stream()
                                .map(issue -> MeasurementKey.of(issue.probe()))
                                .toList())
                .bindArray(
                        "knowns",
                        String.class,
                        issues.stream()
                                .map(issue -> SearchStore.json(issue.known()))
                                .toList())
                .bindArray(
                        "files",
                        String.class,
                        issues.stream()
                                .map(issue -> SearchStore.json(SearchLocations.files(issue.probe())))
                                .toList())
                .bind("seconds", (double) youngerThan.toSeconds())
                .bind("most", MOST)
                .map((row, context) -> Map.entry(
                        issues.get(row.getInt("number") - 1),
                        former(SearchStore.parse(row.getString("finished"), TrialEvent.Finished.class))))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static FormerTrial former(TrialEvent.Finished finished) {
        return new FormerTrial(
                new TrialReference(finished.searchId(), finished.probeId()),
                MeasurementKey.comparable(finished.conditions()),
                finished.outcome());
    }
}
