package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.searches.Estimates;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.searches.SubmissionRules;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches: submit, list, show, cancel, and run once more. */
@Path("/api/v1/searches")
@Blocking
@RolesAllowed(Role.VIEWER_NAME)
public class SearchResource {

    private final Searches searches;
    private final StoredSearches stored;
    private final SubmissionAnswers answers;
    private final SubmissionRules rules;
    private final Estimates estimates;
    private final CurrentCaller caller;

    SearchResource(
            Searches searches,
            StoredSearches stored,
            SubmissionAnswers answers,
            SubmissionRules rules,
            Estimates estimates,
            CurrentCaller caller) {
        this.searches = searches;
        this.stored = stored;
        this.answers = answers;
        this.rules = rules;
        this.estimates = estimates;
        this.caller = caller;
    }

    /** The body is a search file, YAML or JSON. */
    @POST
    @RolesAllowed(Role.MEMBER_NAME)
    @Consumes(MediaType.WILDCARD)
    public Response submit(@HeaderParam("Idempotency-Key") @Nullable String key, String searchFile) {
        return answers.submit(SearchFile.read(searchFile, new Locations.AbsoluteOnly()), key, searchFile);
    }

    /** What a search file will cost, without starting it. */
    @POST
    @Path("estimate")
    @Consumes(MediaType.WILDCARD)
    public Response estimate(String searchFile) {
        SearchFile.Reading reading = SearchFile.read(searchFile, new Locations.AbsoluteOnly());
        if (reading instanceof SearchFile.Refused refused) {
            return Problem.refused(refused.refusals()).response();
        }
        SearchSpecification specification = ((SearchFile.Accepted) reading).specification();
        List<Refusal> refusals = rules.refusals(caller.team(), specification);
        return refusals.isEmpty()
                ? Answers.json(estimates.of(caller.team(), specification))
                : Problem.refused(refusals).response();
    }

    /** A search with the same file, but for what the body says: a JSON merge patch (RFC 7396). */
    @POST
    @RolesAllowed(Role.MEMBER_NAME)
    @Path("{searchId}/rerun")
    @Consumes(MediaType.WILDCARD)
    public Response rerun(
            @PathParam("searchId") String searchId,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            String changes) {
        return stored.with(searchId, former -> {
            JsonBody body = JsonBody.readAny(changes);
            if (!body.refusals().isEmpty()) {
                return Problem.refused(body.refusals()).response();
            }
            SearchSpecification specification = former.search().specification();
            SearchFile.Reading reading = SearchFile.read(
                    MergePatch.apply(MessageJson.mapper().valueToTree(specification), body.object()),
                    new Locations.AbsoluteOnly());
            return answers.submit(reading, key, searchId + changes);
        });
    }

    @GET
    public Response list(@BeanParam ListRequest request) {
        List<Refusal> refusals = request.refusals();
        if (!refusals.isEmpty()) {
            return Problem.refusedParameters(refusals).response();
        }
        return Answers.json(SearchList.of(searches.list(caller.team(), request.page()), request.wanted()));
    }

    /** With {@code If-None-Match}, 304 as long as nothing has changed. */
    @GET
    @Path("{searchId}")
    public Response show(@PathParam("searchId") String searchId, @Context Request request) {
        return stored.with(searchId, known -> {
            EntityTag tag = new EntityTag(known.version().toString());
            Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
            return unchanged != null ? unchanged.build() : shown(known, tag);
        });
    }

    private static Response shown(StoredSearch known, EntityTag tag) {
        return Response.fromResponse(Answers.json(known.finding())).tag(tag).build();
    }

    /** The search file, with every default. */
    @GET
    @Path("{searchId}/specification")
    public Response specification(@PathParam("searchId") String searchId) {
        return stored.with(searchId, known -> Answers.json(known.search().specification()));
    }

    @POST
    @RolesAllowed(Role.MEMBER_NAME)
    @Path("{searchId}/cancel")
    public Response cancel(@PathParam("searchId") String searchId) {
        return stored.with(
                searchId,
                known -> searches.cancel(caller.get(), known.search().searchId())
                        .map(Answers::json)
                        .orElseGet(() -> Problem.notFound("search", searchId).response()));
    }
}
