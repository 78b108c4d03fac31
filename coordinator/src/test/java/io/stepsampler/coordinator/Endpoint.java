package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;

import io.stepsampler.coordinator.identity.Role;
import java.util.List;
import java.util.stream.Stream;

/** What is asked for, from which role on it is answered, and how. */
record Endpoint(String call, Role least, int answer, String body) {

    static final List<Endpoint> ALL = List.of(
            new Endpoint("GET /api/v1/caller", Role.VIEWER, 200, ""),
            new Endpoint("POST /api/v1/searches", Role.MEMBER, 201, REPLAY),
            new Endpoint("GET /api/v1/searches", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/searches/{searchId}", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/searches/{searchId}/specification", Role.VIEWER, 200, ""),
            new Endpoint("POST /api/v1/searches/{searchId}/cancel", Role.MEMBER, 200, ""),
            new Endpoint("POST /api/v1/searches/{searchId}/rerun", Role.MEMBER, 201, ""),
            new Endpoint("GET /api/v1/searches/{searchId}/events", Role.VIEWER, 200, ""),
            // the search was cancelled, and has no point that could be read
            new Endpoint("GET /api/v1/searches/{searchId}/analysis", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/searches/{searchId}/curve.csv", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/searches/{searchId}/curve.svg", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/searches/{searchId}/trials", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/series", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/series/{seriesName}", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/series/{seriesName}/schedule.csv", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/series/{seriesName}/schedule.svg", Role.VIEWER, 200, ""),
            new Endpoint(
                    "POST /api/v1/teams/{team}/api-keys",
                    Role.TEAM_ADMIN,
                    201,
                    "{\"name\": \"ci\", \"role\": \"viewer\"}"),
            new Endpoint("GET /api/v1/teams/{team}/api-keys", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("DELETE /api/v1/teams/{team}/api-keys/{keyId}", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("POST /api/v1/teams/{team}/api-keys/{keyId}/rotate", Role.TEAM_ADMIN, 201, ""),
            new Endpoint(
                    "POST /api/v1/teams/{team}/webhooks", Role.TEAM_ADMIN, 201, "{\"url\": \"https://hooks.invalid\"}"),
            new Endpoint("GET /api/v1/teams/{team}/webhooks", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("DELETE /api/v1/teams/{team}/webhooks/{webhookId}", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("POST /api/v1/teams/{team}/webhooks/{webhookId}/rotate", Role.TEAM_ADMIN, 201, ""),
            new Endpoint("POST /api/v1/teams/{team}/webhooks/{webhookId}/enable", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("POST /api/v1/teams/{team}/webhooks/{webhookId}/test", Role.TEAM_ADMIN, 202, ""),
            new Endpoint("GET /api/v1/teams/{team}/webhooks/{webhookId}/deliveries", Role.TEAM_ADMIN, 200, ""),
            new Endpoint(
                    "POST /api/v1/teams/{team}/webhooks/{webhookId}/deliveries/{deliveryId}/retry",
                    Role.TEAM_ADMIN,
                    202,
                    ""),
            new Endpoint("GET /api/v1/teams/{team}/audit", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("GET /api/v1/teams/{team}/usage", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/teams/{team}/usage.csv", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/usage.csv", Role.PLATFORM_ADMIN, 200, ""),
            new Endpoint("POST /api/v1/searches/estimate", Role.VIEWER, 200, REPLAY),
            new Endpoint("GET /api/v1/declared-files", Role.PLATFORM_ADMIN, 200, ""),
            new Endpoint("GET /api/v1/teams", Role.PLATFORM_ADMIN, 200, ""),
            new Endpoint("GET /api/v1/teams/{team}", Role.VIEWER, 200, ""),
            // the deployment's own settings declare the teams and pools of this test
            new Endpoint("PUT /api/v1/teams/{team}", Role.PLATFORM_ADMIN, 409, "weight: 2"),
            new Endpoint("DELETE /api/v1/teams/{team}", Role.PLATFORM_ADMIN, 409, ""),
            new Endpoint("GET /api/v1/pools", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/pools/{pool}", Role.VIEWER, 200, ""),
            new Endpoint("PUT /api/v1/pools/{pool}", Role.PLATFORM_ADMIN, 409, "team: vision"),
            new Endpoint("DELETE /api/v1/pools/{pool}", Role.PLATFORM_ADMIN, 409, ""),
            new Endpoint("GET /api/v1/templates", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/templates/{template}", Role.VIEWER, 200, ""),
            new Endpoint("PUT /api/v1/templates/{template}", Role.TEAM_ADMIN, 200, DeclaredCalls.TEMPLATE),
            new Endpoint("DELETE /api/v1/templates/{template}", Role.TEAM_ADMIN, 200, ""),
            new Endpoint("POST /api/v1/templates/{template}/searches", Role.MEMBER, 201, "{\"uri\": \"/c.csv\"}"),
            new Endpoint("GET /api/v1/triggers", Role.VIEWER, 200, ""),
            new Endpoint("GET /api/v1/triggers/{trigger}", Role.VIEWER, 200, ""),
            new Endpoint("PUT /api/v1/triggers/{trigger}", Role.TEAM_ADMIN, 200, DeclaredCalls.TRIGGER),
            new Endpoint("DELETE /api/v1/triggers/{trigger}", Role.TEAM_ADMIN, 200, ""));

    boolean isOfTeam() {
        return path().contains("{team}");
    }

    /** Of the caller's team. */
    boolean isOfOneThing() {
        return Stream.of("{searchId}", "{seriesName}", "{template}", "{trigger}")
                .anyMatch(path()::contains);
    }

    String method() {
        return call.substring(0, call.indexOf(' '));
    }

    String path() {
        return call.substring(call.indexOf(' ') + 1);
    }
}
