package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.PoolState;
import io.stepsampler.coordinator.storage.PoolStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** The pools of this deployment, and what they are doing. */
@Path("/api/v1/pools")
@Blocking
public class PoolResource {

    private final Jdbi database;
    private final List<String> pools;

    PoolResource(Jdbi database, @ConfigProperty(name = "stepsampler.pools") List<String> pools) {
        this.database = database;
        this.pools = List.copyOf(pools);
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
        return Answers.json(new Page(database.withHandle(handle ->
                pools.stream().map(pool -> PoolStore.state(handle, pool)).toList())));
    }
}
