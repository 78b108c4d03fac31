package io.stepsampler.worker.training;

import io.stepsampler.worker.input.Refusal;
import java.util.Set;

/**
 * Which teams may bring archives of code for this worker to run.
 *
 * @param allTeams whether every team may
 * @param teams those that may, where not every team may
 */
public record TorchScriptPolicy(boolean allTeams, Set<String> teams) {

    public static final TorchScriptPolicy ALLOWED = new TorchScriptPolicy(true, Set.of());
    public static final TorchScriptPolicy REFUSED = new TorchScriptPolicy(false, Set.of());

    public TorchScriptPolicy {
        teams = Set.copyOf(teams);
    }

    void requireAllowed(String team) throws Refusal {
        if (allTeams || teams.contains(team)) {
            return;
        }
        throw Refusal.policy(
                "model.family",
                "torchscript",
                "this deployment does not run TorchScript archives of team " + team
                        + "; stepsampler.torchscript-teams=" + team + " or stepsampler.torchscript-allowed=true allows"
                        + " them");
    }
}
