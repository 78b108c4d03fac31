package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Paths of endpoints, and the things of a team that stand in them. */
final class EndpointPaths {

    private static final Map<String, String> KEYS = new TreeMap<>();

    private EndpointPaths() {}

    /** With a search, a webhook and a key of the team that are there for this call alone. */
    static String filled(Endpoint endpoint, String team) {
        String path = endpoint.path().replace("{team}", team).replace("{pool}", "default");
        if (path.contains("{template}") || path.contains("{trigger}")) {
            path = path.replace("{template}", template(team)).replace("{trigger}", trigger(team));
        }
        if (path.contains("{searchId}")) {
            path = path.replace("{searchId}", cancelledSearch(team));
        }
        if (path.contains("{seriesName}")) {
            path = path.replace("{seriesName}", newSeries(team));
        }
        if (path.contains("{webhookId}")) {
            path = withDelivery(path, new WebhookCalls(team));
        }
        return path.contains("{keyId}")
                ? path.replace("{keyId}", newKey(team, Role.VIEWER).getString("keyId"))
                : path;
    }

    static String template(String team) {
        String name = "of-" + UUID.randomUUID();
        DeclaredCalls.put(key(team, Role.TEAM_ADMIN), "templates/" + name, DeclaredCalls.TEMPLATE);
        return name;
    }

    static String trigger(String team) {
        String name = "of-" + UUID.randomUUID();
        String admin = key(team, Role.TEAM_ADMIN);
        DeclaredCalls.put(admin, "templates/nightly", DeclaredCalls.TEMPLATE);
        DeclaredCalls.put(admin, "triggers/" + name, DeclaredCalls.TRIGGER);
        return name;
    }

    private static String withDelivery(String path, WebhookCalls webhooks) {
        webhooks.deleteAll();
        WebhookCalls.Made webhook = webhooks.make("https://hooks.invalid");
        webhooks.test(webhook);
        return path.replace("{webhookId}", webhook.webhookId())
                .replace(
                        "{deliveryId}", "" + webhooks.deliveries(webhook).get(0).deliveryId());
    }

    static String cancelledSearch(String team) {
        String key = key(team, Role.MEMBER);
        UUID searchId = UUID.fromString(
                callWith(key).body(REPLAY).post("/api/v1/searches").jsonPath().getString("searchId"));
        callWith(key).post("/api/v1/searches/" + searchId + "/cancel");
        return searchId.toString();
    }

    static String newSeries(String team) {
        String name = "run-" + UUID.randomUUID();
        callWith(key(team, Role.MEMBER))
                .body("{series: {name: " + name + ", step: 0}, model: {family: replay, checkpoint: /curve.csv}}")
                .post("/api/v1/searches")
                .then()
                .statusCode(201);
        return name;
    }

    static String key(String team, Role role) {
        return KEYS.computeIfAbsent(
                team + " " + role, unknown -> newKey(team, role).getString("apiKey"));
    }

    private static JsonPath newKey(String team, Role role) {
        Response made = call().body("{\"name\": \"test\", \"role\": \"" + role.label() + "\"}")
                .post("/api/v1/teams/" + team + "/api-keys");
        assertThat(made.statusCode()).isEqualTo(201);
        return made.jsonPath();
    }
}
