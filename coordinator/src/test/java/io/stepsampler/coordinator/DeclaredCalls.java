package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;

/** Declarations that tests make by the API. */
final class DeclaredCalls {

    static final String TEMPLATE =
            "{parameters: {uri: {}}, search: {name: \"of ${uri}\", model: {family: replay, checkpoint: \"${uri}\"}}}";

    static final String TRIGGER = "{event: access.test, template: nightly, fields: {uri: /data/uri}}";

    private DeclaredCalls() {}

    static String key(String team, Role role) {
        Response made = call().body("{\"name\": \"test\", \"role\": \"" + role.label() + "\"}")
                .post("/api/v1/teams/" + team + "/api-keys");
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        return made.jsonPath().getString("apiKey");
    }

    /** @param path such as templates/nightly */
    static void put(String key, String path, String declaration) {
        Response response = callWith(key).body(declaration).put("/api/v1/" + path);
        assertThat(response.statusCode()).as(response.asString()).isIn(200, 201);
    }
}
