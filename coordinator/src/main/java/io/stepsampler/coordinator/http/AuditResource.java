package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.AuditStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Who changed what of a team. */
@Path("/api/v1/teams/{team}/audit")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class AuditResource {

    private static final int LONGEST_PAGE = 200;

    private final Jdbi database;
    private final ReachedTeams teams;

    AuditResource(Jdbi database, ReachedTeams teams) {
        this.database = database;
        this.teams = teams;
    }

    record Page(List<AuditStore.Entry> entries) {

        Page {
            entries = List.copyOf(entries);
        }
    }

    /** The newest first; {@code before} is the id of the last entry of the page before. */
    @GET
    public Response list(
            @PathParam("team") String team, @QueryParam("before") @DefaultValue(PageStart.NEWEST) String text) {
        return PageStart.with(
                text,
                before -> teams.withFormer(
                        team,
                        () -> Answers.json(new Page(database.withHandle(
                                handle -> AuditStore.ofTeam(handle, team, before, LONGEST_PAGE))))));
    }
}
