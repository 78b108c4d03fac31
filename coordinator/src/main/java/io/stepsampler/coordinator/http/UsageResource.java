package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.UsageStore;
import io.stepsampler.coordinator.storage.UsageStore.OfMonth;
import io.stepsampler.coordinator.teams.Teams;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** What teams used, by month and pool. */
@Path("/api/v1")
@Blocking
public class UsageResource {

    private static final String HEADER = "month,team,pool,trials,training_steps,device_seconds\n";

    private final Jdbi database;
    private final ReachedTeams reached;
    private final Teams teams;

    UsageResource(Jdbi database, ReachedTeams reached, Teams teams) {
        this.database = database;
        this.reached = reached;
        this.teams = teams;
    }

    /** As it is answered. */
    record Usage(List<OfMonth> usage) {

        Usage {
            usage = List.copyOf(usage);
        }
    }

    @GET
    @Path("teams/{team}/usage")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response ofTeam(@PathParam("team") String team) {
        return reached.with(team, () -> Answers.json(new Usage(of(List.of(team)))));
    }

    @GET
    @Path("teams/{team}/usage.csv")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response tableOfTeam(@PathParam("team") String team) {
        return reached.with(team, () -> table(of(List.of(team))));
    }

    @GET
    @Path("usage.csv")
    @RolesAllowed(Role.PLATFORM_ADMIN_NAME)
    public Response tableOfAll() {
        return table(of(teams.names()));
    }

    private List<OfMonth> of(List<String> names) {
        return database.withHandle(handle -> UsageStore.byMonth(handle, names));
    }

    private static Response table(List<OfMonth> usage) {
        StringBuilder table = new StringBuilder(HEADER);
        for (OfMonth month : usage) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%d,%d,%.3f%n",
                    month.month(),
                    month.team(),
                    month.pool(),
                    month.trials(),
                    month.trainingSteps(),
                    month.deviceSeconds()));
        }
        return Response.ok(table.toString(), "text/csv").build();
    }
}
