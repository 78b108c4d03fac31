package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.SeriesStep;
import io.stepsampler.coordinator.storage.SeriesStore;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.ScheduleCsv;
import io.stepsampler.method.ScheduleSvg;
import io.stepsampler.method.SeriesFinding;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** What was found at the checkpoints of each training run of the caller's team. */
@Path("/api/v1/series")
@Blocking
@RolesAllowed(Role.VIEWER_NAME)
public class SeriesResource {

    private final Jdbi database;
    private final CurrentCaller caller;

    SeriesResource(Jdbi database, CurrentCaller caller) {
        this.database = database;
        this.caller = caller;
    }

    @GET
    public Response list(@BeanParam SeriesRequest request) {
        List<Refusal> refusals = request.refusals();
        if (!refusals.isEmpty()) {
            return Problem.refusedParameters(refusals).response();
        }
        return Answers.json(SeriesAnswer.Page.of(
                database.withHandle(
                        handle -> SeriesStore.list(handle, caller.team(), request.after(), request.wanted() + 1)),
                request.wanted()));
    }

    @GET
    @Path("{seriesName}")
    public Response show(@PathParam("seriesName") String name, @BeanParam SeriesRequest request) {
        return with(name, request, steps -> Answers.json(SeriesAnswer.of(name, steps, request)));
    }

    @GET
    @Path("{seriesName}/schedule.csv")
    public Response table(@PathParam("seriesName") String name, @BeanParam SeriesRequest request) {
        return with(
                name,
                request,
                steps -> Response.ok(ScheduleCsv.write(found(steps, request)), "text/csv")
                        .build());
    }

    @GET
    @Path("{seriesName}/schedule.svg")
    public Response picture(@PathParam("seriesName") String name, @BeanParam SeriesRequest request) {
        return with(
                name,
                request,
                steps -> Response.ok(ScheduleSvg.draw(name, found(steps, request)), "image/svg+xml")
                        .build());
    }

    private static List<SeriesFinding> found(List<SeriesStep> steps, SeriesRequest request) {
        return steps.stream().limit(request.wanted()).map(SeriesStep::found).toList();
    }

    /** An answer from one step more than is wanted, where there is one, or that there is no such series. */
    private Response with(String name, SeriesRequest request, Function<List<SeriesStep>, Response> answer) {
        List<Refusal> refusals = request.refusalsOfSteps();
        if (!refusals.isEmpty()) {
            return Problem.refusedParameters(refusals).response();
        }
        return database.withHandle(handle -> SeriesStore.exists(handle, caller.team(), name)
                        ? Optional.of(SeriesStore.steps(
                                handle, caller.team(), name, request.afterStep(), request.wanted() + 1))
                        : Optional.<List<SeriesStep>>empty())
                .map(answer)
                .orElseGet(() -> Problem.notFound("series", name).response());
    }
}
