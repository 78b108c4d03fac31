package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.deployment.TeamLoad;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What teams and pools have to do now. Every method works in the caller's transaction. */
public final class LoadStore {

    private LoadStore() {}

    /** Only one transaction at a time takes in or starts searches of a team. */
    public static void lockTeams(Handle transaction, Collection<String> teams) {
        transaction
                .createQuery("select count(*) from ("
                        + "select pg_advisory_xact_lock(hashtext(name)) from unnest(:names) as wanted (name)) locked")
                // in one order, so that two who want the same ones do not wait for each other
                .bindArray(
                        "names",
                        String.class,
                        teams.stream().map(team -> "team " + team).sorted().toList())
                .mapTo(Integer.class)
                .one();
    }

    public static TeamLoad ofTeam(Handle transaction, String team) {
        return ofTeams(transaction, List.of(team)).getOrDefault(team, TeamLoad.NONE);
    }

    /** Of each team that was asked for. */
    public static Map<String, TeamLoad> ofTeams(Handle transaction, List<String> teams) {
        return transaction
                .createQuery("select asked.team, coalesce(queued, 0) as queued, coalesce(running, 0) as running,"
                        + " coalesce(outstanding, 0) as outstanding, coalesce(seconds, 0) as seconds"
                        + " from unnest(:teams) as asked(team)"
                        + " left join (select team, count(*) filter (where state = 'QUEUED') as queued,"
                        + " count(*) filter (where state = 'RUNNING') as running,"
                        + " sum(outstanding) filter (where state = 'RUNNING') as outstanding"
                        + " from search where state in ('QUEUED', 'RUNNING') and team = any(:teams) group by team"
                        + ") searches on searches.team = asked.team"
                        + " left join (select team, sum(device_seconds) as seconds from usage"
                        + " where team = any(:teams) and hour >= date_trunc('day', now(), 'UTC') group by team"
                        + ") today on today.team = asked.team")
                .bindArray("teams", String.class, teams)
                .map((row, context) -> Map.entry(
                        row.getString("team"),
                        new TeamLoad(
                                row.getInt("queued"),
                                row.getInt("running"),
                                row.getInt("outstanding"),
                                row.getDouble("seconds"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Searches of a pool that wait or run. */
    public static int openInPool(Handle transaction, String pool) {
        return transaction
                .createQuery("select count(*) from search where state in ('QUEUED', 'RUNNING') and pool = :pool")
                .bind("pool", pool)
                .mapTo(Integer.class)
                .one();
    }
}
