package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.storage.StoredWebhook;
import io.stepsampler.coordinator.teams.Webhooks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** The webhooks that stand in paths: those of another team are not there. */
@RequestScoped
class ReachedWebhooks {

    private final Webhooks webhooks;
    private final ReachedTeams teams;

    ReachedWebhooks(Webhooks webhooks, ReachedTeams teams) {
        this.webhooks = webhooks;
        this.teams = teams;
    }

    /** An answer about a webhook, or that there is none. */
    Response with(String team, String webhookId, Function<StoredWebhook, Response> answer) {
        return teams.with(
                team,
                () -> StoredSearches.parsed(webhookId)
                        .flatMap(id -> webhooks.find(team, id))
                        .map(answer)
                        .orElseGet(() -> missing(webhookId)));
    }

    /** The same of one to which something can be sent. */
    Response withEnabled(String team, String webhookId, Function<StoredWebhook, Response> answer) {
        return with(
                team,
                webhookId,
                webhook -> webhook.disabledAt() == null
                        ? answer.apply(webhook)
                        : Problem.conflict("webhook " + webhookId + " is disabled since " + webhook.disabledAt()
                                        + ", when its receiver answered 410; enable it first")
                                .response());
    }

    static Response missing(String webhookId) {
        return Problem.notFound("webhook", webhookId).response();
    }
}
