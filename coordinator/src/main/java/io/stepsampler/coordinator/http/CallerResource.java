package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Who the caller is to this service. */
@Path("/api/v1/caller")
public class CallerResource {

    private final CurrentCaller caller;

    CallerResource(CurrentCaller caller) {
        this.caller = caller;
    }

    /** A caller as it is answered. */
    record Answer(String name, String team, String role) {}

    @GET
    @RolesAllowed(Role.VIEWER_NAME)
    public Response show() {
        Caller known = caller.get();
        return Answers.json(new Answer(known.name(), known.team(), known.role().label()));
    }
}
