package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.teams.Teams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** The teams that stand in paths: to a caller of another team they are not there. */
@RequestScoped
class ReachedTeams {

    private final Teams teams;
    private final CurrentCaller caller;

    ReachedTeams(Teams teams, CurrentCaller caller) {
        this.teams = teams;
        this.caller = caller;
    }

    /** An answer about a team, or that there is none. */
    Response with(String team, Supplier<Response> answer) {
        return caller.get().reaches(team) && teams.has(team)
                ? answer.get()
                : Problem.notFound("team", team).response();
    }
}
