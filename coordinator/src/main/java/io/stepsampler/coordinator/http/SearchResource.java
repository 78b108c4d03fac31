package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.searches.SubmissionRules;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.CurveSvg;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Searches: submit, list, show, cancel, analyse again, and the curve as a table and as a picture. */
@Path("/api/v1/searches")
@Blocking
public class SearchResource {

    private static final String TEAM = "local";
    private static final int LONGEST_LIST = 1000;

    private final Searches searches;
    private final SubmissionRules rules;

    SearchResource(Searches searches, SubmissionRules rules) {
        this.searches = searches;
        this.rules = rules;
    }

    /** The body is a search file, YAML or JSON. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response submit(String searchFile) {
        SearchFile.Reading reading = SearchFile.read(searchFile, new Locations.AbsoluteOnly());
        if (reading instanceof SearchFile.Refused refused) {
            return Problem.refused(refused.refusals()).response();
        }
        SearchFile.Accepted accepted = (SearchFile.Accepted) reading;
        List<Refusal> refusals = rules.refusals(accepted.specification());
        if (!refusals.isEmpty()) {
            return Problem.refused(refusals).response();
        }
        UUID searchId = UUID.randomUUID();
        Finding finding = searches.submit(TEAM, searchId, accepted.specification());
        return Response.created(URI.create("/api/v1/searches/" + searchId))
                .type(MediaType.APPLICATION_JSON)
                .entity(MessageJson.write(finding))
                .build();
    }

    @GET
    public Response list() {
        List<SearchSummary> summaries = searches.list(TEAM, LONGEST_LIST).stream()
                .map(SearchSummary::of)
                .toList();
        return json(new SearchSummary.Page(summaries));
    }

    @GET
    @Path("{searchId}")
    public Response show(@PathParam("searchId") String searchId) {
        return withSearch(searchId, stored -> json(stored.finding()));
    }

    @POST
    @Path("{searchId}/cancel")
    public Response cancel(@PathParam("searchId") String searchId) {
        return withSearch(
                searchId,
                stored -> searches.cancel(TEAM, stored.search().searchId())
                        .map(SearchResource::json)
                        .orElseGet(() -> Problem.noSuchSearch(searchId).response()));
    }

    /** The points of a search that has ended, read again in another way, without training. */
    @GET
    @Path("{searchId}/analysis")
    public Response analysis(
            @PathParam("searchId") String searchId,
            @QueryParam("reading") @Nullable String reading,
            @QueryParam("thresholdDecades") @Nullable String thresholdDecades,
            @QueryParam("method") @Nullable String method) {
        AnalysisRequest request = new AnalysisRequest(reading, thresholdDecades, method);
        List<Refusal> refusals = request.refusals();
        if (!refusals.isEmpty()) {
            return Problem.refusedParameters(refusals).response();
        }
        return withSearch(
                searchId,
                stored -> AnalysisRequest.conflict(stored)
                        .map(conflict -> Problem.conflict(conflict).response())
                        .orElseGet(() -> json(request.read(stored))));
    }

    @GET
    @Path("{searchId}/curve.csv")
    public Response curveTable(@PathParam("searchId") String searchId) {
        return withSearch(
                searchId,
                stored -> Response.ok(CurveCsv.write(stored.finding()), "text/csv")
                        .build());
    }

    @GET
    @Path("{searchId}/curve.svg")
    public Response curvePicture(@PathParam("searchId") String searchId) {
        return withSearch(
                searchId,
                stored -> Response.ok(CurveSvg.draw(stored.finding()), "image/svg+xml")
                        .build());
    }

    private Response withSearch(String searchId, Function<StoredSearch, Response> answer) {
        return parsed(searchId)
                .flatMap(id -> searches.find(TEAM, id))
                .map(answer)
                .orElseGet(() -> Problem.noSuchSearch(searchId).response());
    }

    private static Optional<UUID> parsed(String searchId) {
        try {
            return Optional.of(UUID.fromString(searchId));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static Response json(Object body) {
        return Response.ok(MessageJson.write(body), MediaType.APPLICATION_JSON).build();
    }
}
