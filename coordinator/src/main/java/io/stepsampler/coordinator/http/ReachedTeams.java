package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.teams.Teams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** The teams that stand in paths: to a caller of another team they are not there. */
@RequestScoped
class ReachedTeams {

    private final Jdbi database;
    private final Teams teams;
    private final CurrentCaller caller;

    ReachedTeams(Jdbi database, Teams teams, CurrentCaller caller) {
        this.database = database;
        this.teams = teams;
        this.caller = caller;
    }

    /** An answer about a team, or that there is none. */
    Response with(String team, Supplier<Response> answer) {
        return caller.get().reaches(team) && teams.has(team)
                ? answer.get()
                : Problem.notFound("team", team).response();
    }

    /** The same, where the answer gives the team something new. */
    Response withStaying(String team, Supplier<Response> answer) {
        return with(
                team,
                () -> teams.leaving(team)
                        .map(reason -> Problem.conflict(reason).response())
                        .orElseGet(answer));
    }

    /** The same of a team that may be gone, for who looks after all of them: something of it is in the audit. */
    Response withFormer(String team, Supplier<Response> answer) {
        return caller.get().role() == Role.PLATFORM_ADMIN
                        && database.withHandle(handle -> AuditStore.hasEntries(handle, team))
                ? answer.get()
                : with(team, answer);
    }
}
