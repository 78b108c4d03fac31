package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.TrialEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What teams used. Every method works in the caller's transaction. */
public final class UsageStore {

    private static final String SUMS = "select to_char(hour at time zone 'UTC', 'YYYY-MM') as month, team, pool,"
            + " sum(trials)::bigint as trials, sum(training_steps)::bigint as training_steps,"
            + " sum(device_seconds) as device_seconds from usage";
    private static final String BY_MONTH = " group by 1, 2, 3 order by 1, 2, 3";

    private UsageStore() {}

    /** {@code month}: such as 2026-11, in UTC. */
    public record OfMonth(
            String month, String team, String pool, long trials, long trainingSteps, double deviceSeconds) {}

    /**
     * Trials that were run; of those that were taken over, only how long they held a device.
     *
     * @param weight the team's
     */
    public static void add(
            Handle transaction, SearchStore.Owner owner, double weight, List<TrialEvent.Finished> trials) {
        List<TrialEvent.Finished> run =
                trials.stream().filter(trial -> trial.reusedFrom() == null).toList();
        double seconds = deviceSeconds(trials);
        transaction
                .createUpdate(
                        "insert into usage (team, pool, hour, trials, training_steps, device_seconds, trial_seconds)"
                                + " values (:team, :pool, date_trunc('hour', now(), 'UTC'), :trials, :steps, :seconds,"
                                + " :trialSeconds)"
                                + " on conflict (team, pool, hour) do update set trials = usage.trials + excluded.trials,"
                                + " training_steps = usage.training_steps + excluded.training_steps,"
                                + " device_seconds = usage.device_seconds + excluded.device_seconds,"
                                + " trial_seconds = usage.trial_seconds + excluded.trial_seconds")
                .bind("team", owner.team())
                .bind("pool", owner.pool())
                .bind("trials", run.size())
                .bind(
                        "steps",
                        trials.stream()
                                .mapToLong(trial -> trial.cost().trainingSteps())
                                .sum())
                .bind("seconds", seconds)
                .bind("trialSeconds", deviceSeconds(run))
                .execute();
        transaction
                .createUpdate("insert into pool_share (pool, team, used) values (:pool, :team, :used)"
                        + " on conflict (pool, team) do update set used = pool_share.used + excluded.used")
                .bind("pool", owner.pool())
                .bind("team", owner.team())
                .bind("used", seconds / weight)
                .execute();
    }

    private static double deviceSeconds(List<TrialEvent.Finished> trials) {
        return trials.stream()
                .mapToDouble(trial -> trial.cost().deviceSeconds())
                .sum();
    }

    /** By month and pool. */
    public static List<OfMonth> byMonth(Handle transaction, String team) {
        return ofMonths(
                transaction.createQuery(SUMS + " where team = :team" + BY_MONTH).bind("team", team));
    }

    /** By month, team and pool: of every team that used something, whether or not it is still there. */
    public static List<OfMonth> byMonthOfEveryTeam(Handle transaction) {
        return ofMonths(transaction.createQuery(SUMS + BY_MONTH));
    }

    private static List<OfMonth> ofMonths(Query sums) {
        return sums.map((row, context) -> new OfMonth(
                        row.getString("month"),
                        row.getString("team"),
                        row.getString("pool"),
                        row.getLong("trials"),
                        row.getLong("training_steps"),
                        row.getDouble("device_seconds")))
                .list();
    }
}
