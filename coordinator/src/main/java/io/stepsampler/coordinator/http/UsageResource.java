package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.UsageStore;
import io.stepsampler.coordinator.storage.UsageStore.OfMonth;
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

    UsageResource(Jdbi database, ReachedTeams reached) {
        this.database = database;
        this.reached = reached;
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
        return reached.withFormer(team, () -> Answers.json(new Usage(of(team))));
    }

    @GET
    @Path("teams/{team}/usage.csv")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response tableOfTeam(@PathParam("team") String team) {
        return reached.withFormer(team, () -> table(of(team)));
    }

    /** Teams that are gone too: what they used is part of the sum. */
    @GET
    @Path("usage.csv")
    @RolesAllowed(Role.PLATFORM_ADMIN_NAME)
    public Response tableOfAll() {
        return table(database.withHandle(UsageStore::byMonthOfEveryTeam));
    }

    private List<OfMonth> of(String team) {
        return database.withHandle(handle -> UsageStore.byMonth(handle, team));
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
