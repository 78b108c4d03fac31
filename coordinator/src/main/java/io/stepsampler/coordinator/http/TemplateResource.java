package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.Template;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.SearchFile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates of the caller's team: search files with blanks. */
@Path("/api/v1/templates")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class TemplateResource {

    private final DeclarationAnswers answers;
    private final SubmissionAnswers submissions;
    private final KnownDeployment deployment;
    private final CurrentCaller caller;

    TemplateResource(
            DeclarationAnswers answers,
            SubmissionAnswers submissions,
            KnownDeployment deployment,
            CurrentCaller caller) {
        this.answers = answers;
        this.submissions = submissions;
        this.deployment = deployment;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.VIEWER_NAME)
    public Response list() {
        return answers.list(Kind.TEMPLATE, caller.team());
    }

    @GET
    @Path("{template}")
    @RolesAllowed(Role.VIEWER_NAME)
    public Response show(@PathParam("template") String template) {
        return answers.show(id(template));
    }

    @PUT
    @Path("{template}")
    @Consumes(MediaType.WILDCARD)
    public Response put(@PathParam("template") String template, String declaration) {
        return answers.put(id(template), declaration);
    }

    @DELETE
    @Path("{template}")
    public Response remove(@PathParam("template") String template) {
        return answers.remove(id(template));
    }

    /** Starts a search; the body is a JSON object with the values that fill the template in. */
    @POST
    @Path("{template}/searches")
    @RolesAllowed(Role.MEMBER_NAME)
    @Consumes(MediaType.WILDCARD)
    public Response submit(
            @PathParam("template") String template,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            String values) {
        JsonBody body = JsonBody.readAny(values);
        if (!body.refusals().isEmpty()) {
            return Problem.refused(body.refusals()).response();
        }
        Map<String, JsonNode> given = new HashMap<>();
        body.object().properties().forEach(value -> given.put(value.getKey(), value.getValue()));
        return deployment
                .current()
                .template(caller.team(), template)
                .map(found -> submit(found.fill(given), key, template + values))
                .orElseGet(() -> Problem.notFound("template", template).response());
    }

    private Response submit(Template.Filling filling, @Nullable String key, String request) {
        return filling instanceof Template.Filled filled
                ? submissions.submit(SearchFile.read(filled.search(), new Locations.AbsoluteOnly()), key, request)
                : Problem.refused(((Template.Refused) filling).refusals()).response();
    }

    private Declaration.Id id(String template) {
        return new Declaration.Id(Kind.TEMPLATE, caller.team(), template);
    }
}
