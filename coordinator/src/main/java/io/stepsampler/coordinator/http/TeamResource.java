package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.teams.Declarations;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Teams, and what they may have. */
@Path("/api/v1")
@Blocking
@RolesAllowed(Role.PLATFORM_ADMIN_NAME)
public class TeamResource {

    private final DeclarationAnswers answers;
    private final Declarations declarations;
    private final ReachedTeams reached;
    private final Jdbi database;

    TeamResource(DeclarationAnswers answers, Declarations declarations, ReachedTeams reached, Jdbi database) {
        this.answers = answers;
        this.declarations = declarations;
        this.reached = reached;
        this.database = database;
    }

    @GET
    @Path("teams")
    public Response list() {
        return answers.list(Kind.TEAM, "");
    }

    /** With what the team has and uses now, of which its limits speak. */
    @GET
    @Path("teams/{team}")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response show(@PathParam("team") String team) {
        return reached.with(
                team,
                () -> declarations
                        .find(id(team))
                        .map(stored -> Answers.json(DeclarationAnswers.Answer.of(
                                stored, database.withHandle(handle -> LoadStore.ofTeam(handle, team)))))
                        .orElseGet(() -> Problem.notFound("team", team).response()));
    }

    @PUT
    @Path("teams/{team}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("team") String team, String declaration) {
        return answers.put(id(team), declaration);
    }

    /** Its keys open nothing from then on. */
    @DELETE
    @Path("teams/{team}")
    public Response remove(@PathParam("team") String team) {
        return answers.remove(id(team));
    }

    private static Declaration.Id id(String team) {
        return new Declaration.Id(Kind.TEAM, "", team);
    }
}
