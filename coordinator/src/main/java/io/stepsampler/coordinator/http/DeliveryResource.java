package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredDelivery;
import io.stepsampler.coordinator.teams.Webhooks;
import io.stepsampler.messages.json.MessageJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a webhook was sent, and what is sent to it when its team asks for it. */
@Path("/api/v1/teams/{team}/webhooks/{webhookId}")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class DeliveryResource {

    private static final int LONGEST_PAGE = 200;
    private static final int ACCEPTED = 202;

    private final Webhooks webhooks;
    private final ReachedWebhooks reached;
    private final CurrentCaller caller;

    DeliveryResource(Webhooks webhooks, ReachedWebhooks reached, CurrentCaller caller) {
        this.webhooks = webhooks;
        this.reached = reached;
        this.caller = caller;
    }

    /** A delivery as it is answered. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            long deliveryId,
            String eventId,
            String type,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant attemptedAt,
            @Nullable Instant dueAt,
            @Nullable Integer status,
            @Nullable String fault) {

        static Answer of(StoredDelivery delivery) {
            return new Answer(
                    delivery.deliveryId(),
                    delivery.eventId(),
                    delivery.type(),
                    delivery.state().label(),
                    delivery.attempts(),
                    delivery.createdAt(),
                    delivery.attemptedAt(),
                    delivery.dueAt(),
                    delivery.status(),
                    delivery.fault());
        }
    }

    record Page(List<Answer> deliveries) {

        Page {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** The newest first; {@code before} is the id of the last delivery of the page before. */
    @GET
    @Path("deliveries")
    public Response list(
            @PathParam("team") String team,
            @PathParam("webhookId") String webhookId,
            @QueryParam("before") @DefaultValue(PageStart.NEWEST) String text) {
        return PageStart.with(
                text,
                before -> reached.with(
                        team,
                        webhookId,
                        webhook -> Answers.json(new Page(webhooks.deliveries(webhook, before, LONGEST_PAGE).stream()
                                .map(Answer::of)
                                .toList()))));
    }

    @POST
    @Path("deliveries/{deliveryId}/retry")
    @Consumes(MediaType.WILDCARD)
    public Response retry(
            @PathParam("team") String team,
            @PathParam("webhookId") String webhookId,
            @PathParam("deliveryId") String deliveryId) {
        return reached.withEnabled(team, webhookId, webhook -> {
            Optional<StoredDelivery> again = PageStart.isId(deliveryId)
                    ? webhooks.retry(caller.get(), webhook, Long.parseLong(deliveryId))
                    : Optional.empty();
            return again.map(DeliveryResource::accepted)
                    .orElseGet(() -> Problem.notFound("delivery", deliveryId).response());
        });
    }

    @POST
    @Path("test")
    @Consumes(MediaType.WILDCARD)
    public Response test(@PathParam("team") String team, @PathParam("webhookId") String webhookId) {
        return reached.withEnabled(
                team,
                webhookId,
                webhook -> webhooks.test(caller.get(), webhook)
                        .map(DeliveryResource::accepted)
                        .orElseGet(() -> ReachedWebhooks.missing(webhookId)));
    }

    private static Response accepted(StoredDelivery delivery) {
        return Response.status(ACCEPTED)
                .type(MediaType.APPLICATION_JSON)
                .entity(MessageJson.write(Answer.of(delivery)))
                .build();
    }
}
