package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.CurveSvg;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** What was measured in a search: the curve as a table and as a picture, its trials, and how else it can be read. */
@Path("/api/v1/searches/{searchId}")
@Blocking
@RolesAllowed(Role.VIEWER_NAME)
public class CurveResource {

    private final Searches searches;
    private final StoredSearches stored;

    CurveResource(Searches searches, StoredSearches stored) {
        this.searches = searches;
        this.stored = stored;
    }

    /** The points of a search that has ended, read again in another way, without training. */
    @GET
    @Path("analysis")
    public Response analysis(@PathParam("searchId") String searchId, @BeanParam AnalysisRequest request) {
        List<Refusal> refusals = request.refusals();
        if (!refusals.isEmpty()) {
            return Problem.refusedParameters(refusals).response();
        }
        return stored.with(
                searchId,
                known -> AnalysisRequest.conflict(known)
                        .map(conflict -> Problem.conflict(conflict).response())
                        .orElseGet(() -> Answers.json(request.read(known))));
    }

    @GET
    @Path("curve.csv")
    public Response table(@PathParam("searchId") String searchId) {
        return stored.with(
                searchId,
                known ->
                        Response.ok(CurveCsv.write(known.finding()), "text/csv").build());
    }

    @GET
    @Path("curve.svg")
    public Response picture(@PathParam("searchId") String searchId) {
        return stored.with(
                searchId,
                known -> Response.ok(CurveSvg.draw(known.finding()), "image/svg+xml")
                        .build());
    }

    /** Every attempt that has ended, with the loss of each step; when they were deleted, once they were. */
    @GET
    @Path("trials")
    public Response trials(@PathParam("searchId") String searchId) {
        return stored.with(searchId, known -> {
            UUID id = known.search().searchId();
            return Answers.json(TrialAnswer.of(known, searches.trials(id), searches.trialsDeletedAt(id)));
        });
    }
}
