package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredWebhook;
import io.stepsampler.coordinator.teams.Webhooks;
import io.stepsampler.coordinator.webhooks.EventType;
import io.stepsampler.coordinator.webhooks.Reach;
import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A team's webhooks. */
@Path("/api/v1/teams/{team}/webhooks")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class WebhookResource {

    private final Webhooks webhooks;
    private final Reach reach;
    private final ReachedTeams teams;
    private final ReachedWebhooks reached;
    private final CurrentCaller caller;

    WebhookResource(Webhooks webhooks, Reach reach, ReachedTeams teams, ReachedWebhooks reached, CurrentCaller caller) {
        this.webhooks = webhooks;
        this.reach = reach;
        this.teams = teams;
        this.reached = reached;
        this.caller = caller;
    }

    /** A webhook as it is answered; {@code secret} once, when it is made; {@code events} absent for all. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            UUID webhookId,
            @Nullable String secret,
            String url,
            @Nullable List<String> events,
            String createdBy,
            Instant createdAt,
            @Nullable Instant disabledAt) {

        static Answer of(StoredWebhook webhook, @Nullable SigningSecret secret) {
            return new Answer(
                    webhook.webhookId(),
                    secret == null ? null : secret.text(),
                    webhook.url().text(),
                    webhook.events().isEmpty() ? null : webhook.events(),
                    webhook.createdBy(),
                    webhook.createdAt(),
                    webhook.disabledAt());
        }

        /** Without the secret: it must not stand in a log. */
        @Override
        public String toString() {
            return "Answer[webhookId=" + webhookId + "]";
        }
    }

    record Page(List<Answer> webhooks) {

        Page {
            webhooks = List.copyOf(webhooks);
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response make(@PathParam("team") String team, String text) {
        return teams.withStaying(team, () -> {
            JsonBody body = JsonBody.read(text, List.of("url", "events"));
            Optional<WebhookUrl> url =
                    body.required("url", WebhookUrl.allowed(reach), given -> WebhookUrl.parse(given, reach));
            List<String> events = body.someOf("events", EventType.ofSearches());
            if (!body.refusals().isEmpty()) {
                return Problem.refused(body.refusals()).response();
            }
            return webhooks.make(caller.get(), team, url.orElseThrow(), events)
                    .map(WebhookResource::created)
                    .orElseGet(() -> teams.withStaying(
                            team,
                            () -> Problem.conflict("team " + team + " has " + Webhooks.MOST_OF_A_TEAM
                                            + " webhooks, as many as it may; delete one first")
                                    .response()));
        });
    }

    @GET
    public Response list(@PathParam("team") String team) {
        return teams.with(
                team,
                () -> Answers.json(new Page(webhooks.list(team).stream()
                        .map(webhook -> Answer.of(webhook, null))
                        .toList())));
    }

    @DELETE
    @Path("{webhookId}")
    public Response delete(@PathParam("team") String team, @PathParam("webhookId") String webhookId) {
        return reached.with(team, webhookId, webhook -> {
            webhooks.delete(caller.get(), webhook);
            return Answers.json(Answer.of(webhook, null));
        });
    }

    /** The body may say how long the former secret signs as well: {@code {"overlap": "PT1H"}}. */
    @POST
    @Path("{webhookId}/rotate")
    @Consumes(MediaType.WILDCARD)
    public Response rotate(@PathParam("team") String team, @PathParam("webhookId") String webhookId, String text) {
        return reached.with(team, webhookId, webhook -> {
            Rotation rotation = Rotation.read(text);
            if (!rotation.refusals().isEmpty()) {
                return Problem.refused(rotation.refusals()).response();
            }
            return webhooks.rotate(caller.get(), webhook, rotation.overlap())
                    .map(WebhookResource::created)
                    .orElseGet(() -> ReachedWebhooks.missing(webhookId));
        });
    }

    /** After a receiver answered that it is gone. Events of the time between are not sent; those that waited before are. */
    @POST
    @Path("{webhookId}/enable")
    @Consumes(MediaType.WILDCARD)
    public Response enable(@PathParam("team") String team, @PathParam("webhookId") String webhookId) {
        return reached.with(team, webhookId, webhook -> {
            webhooks.enable(caller.get(), webhook);
            return webhooks.find(team, webhook.webhookId())
                    .map(enabled -> Answers.json(Answer.of(enabled, null)))
                    .orElseGet(() -> ReachedWebhooks.missing(webhookId));
        });
    }

    private static Response created(Webhooks.Made made) {
        return Answers.createdWithSecret(Answer.of(made.webhook(), made.secret()));
    }
}
