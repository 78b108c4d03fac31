package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.PoolState;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.coordinator.teams.KnownDeployment;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The pools that the caller's team may use, and what they are doing. An administrator of the platform sees all. */
@Path("/api/v1/pools")
@Blocking
@RolesAllowed(Role.PLATFORM_ADMIN_NAME)
public class PoolResource {

    private final Jdbi database;
    private final KnownDeployment known;
    private final DeclarationAnswers answers;
    private final CurrentCaller caller;

    PoolResource(Jdbi database, KnownDeployment known, DeclarationAnswers answers, CurrentCaller caller) {
        this.database = database;
        this.known = known;
        this.answers = answers;
        this.caller = caller;
    }

    /** As they are answered. */
    record Page(List<PoolState> pools) {

        Page {
            pools = List.copyOf(pools);
        }
    }

    @GET
    @RolesAllowed(Role.VIEWER_NAME)
    public Response list() {
        List<String> seen = seen();
        return Answers.json(new Page(database.withHandle(handle ->
                seen.stream().map(pool -> PoolStore.state(handle, pool)).toList())));
    }

    @GET
    @Path("{pool}")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response show(@PathParam("pool") String pool) {
        return seen().contains(pool)
                ? answers.show(id(pool))
                : Problem.notFound("pool", pool).response();
    }

    @PUT
    @Path("{pool}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("pool") String pool, String declaration) {
        return answers.put(id(pool), declaration);
    }

    @DELETE
    @Path("{pool}")
    public Response remove(@PathParam("pool") String pool) {
        return answers.remove(id(pool));
    }

    private List<String> seen() {
        Caller who = caller.get();
        Deployment deployment = known.current();
        return who.role() == Role.PLATFORM_ADMIN
                ? deployment.poolNames()
                : deployment.team(who.team()).map(deployment::poolsFor).orElse(List.of());
    }

    private static Declaration.Id id(String pool) {
        return new Declaration.Id(Kind.POOL, "", pool);
    }
}
