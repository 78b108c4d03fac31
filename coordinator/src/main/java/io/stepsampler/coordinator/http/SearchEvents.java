package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A search's findings as they change, until the last one: server-sent events named {@code finding}. Each holds the whole
 * state, so that a stream that was broken goes on with what is new to the reader, who says by {@code Last-Event-ID} what
 * it has. Who has the last one is answered 204, after which browsers do not ask again.
 */
@Path("/api/v1/searches/{searchId}/events")
public class SearchEvents {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    private final StoredSearches stored;
    private final FindingStreams streams;
    private final CurrentCaller caller;

    SearchEvents(StoredSearches stored, FindingStreams streams, CurrentCaller caller) {
        this.stored = stored;
        this.streams = streams;
        this.caller = caller;
    }

    @GET
    @Blocking
    @RolesAllowed(Role.VIEWER_NAME)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void follow(
            @PathParam("searchId") String searchId,
            @HeaderParam("Last-Event-ID") @Nullable String lastEvent,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServerResponse response) {
        StoredSearch known = stored.find(searchId)
                .orElseThrow(() -> new NotFoundException(
                        Problem.notFound("search", searchId).response()));
        boolean isOver = known.search().state().isFinal();
        if (isOver && known.version().toString().equals(lastEvent)) {
            throw new WebApplicationException(Response.noContent().build());
        }
        FindingStream stream = new FindingStream(
                caller.team(),
                known.search().searchId(),
                caller.credential(),
                lastEvent == null ? "" : lastEvent,
                new SseLine(sink, sse, response));
        OpenStreams.Room room = streams.open(stream, known);
        if (room != OpenStreams.Room.THERE_IS) {
            throw new WebApplicationException(full(room).response(RETRY_AFTER));
        }
    }

    private Problem full(OpenStreams.Room room) {
        return room == OpenStreams.Room.NONE_FOR_THE_TEAM
                ? Problem.tooMany("team " + caller.team() + " has " + OpenStreams.MOST_OF_A_TEAM
                        + " streams open here, as many as it may; close one, or ask for the finding now and then")
                : Problem.unavailable("this replica has " + OpenStreams.MOST
                        + " streams open, as many as it may; ask for the finding now and then");
    }
}
