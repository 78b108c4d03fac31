package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The triggers of the caller's team: which events start a search. */
@Path("/api/v1/triggers")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class TriggerResource {

    private final DeclarationAnswers answers;
    private final CurrentCaller caller;

    TriggerResource(DeclarationAnswers answers, CurrentCaller caller) {
        this.answers = answers;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.VIEWER_NAME)
    public Response list() {
        return answers.list(Kind.TRIGGER, caller.team());
    }

    @GET
    @Path("{trigger}")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response show(@PathParam("trigger") String trigger) {
        return answers.show(id(trigger));
    }

    @PUT
    @Path("{trigger}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("trigger") String trigger, String declaration) {
        return answers.put(id(trigger), declaration);
    }

    @DELETE
    @Path("{trigger}")
    public Response remove(@PathParam("trigger") String trigger) {
        return answers.remove(id(trigger));
    }

    private Declaration.Id id(String trigger) {
        return new Declaration.Id(Kind.TRIGGER, caller.team(), trigger);
    }
}
