package io.stepsampler.coordinator.http;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.MessageJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Answers in JSON. */
final class Answers {

    private Answers() {}

    static Response json(Object body) {
        return Response.ok(MessageJson.write(body), MediaType.APPLICATION_JSON).build();
    }

    static Response createdSearch(Finding finding) {
        return Response.created(URI.create("/api/v1/searches/" + finding.searchId()))
                .type(MediaType.APPLICATION_JSON)
                .entity(MessageJson.write(finding))
                .build();
    }

    /** Where the caller said by the path what is made. */
    static Response created(Object body) {
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                .entity(MessageJson.write(body))
                .build();
    }

    /** Shown this once: nobody between may keep it. */
    static Response createdWithSecret(Object body) {
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .entity(MessageJson.write(body))
                .build();
    }
}
