package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.messages.json.SearchFile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What describes this API: for everybody, as a program reads it before it has a key. */
@Path("/api/v1")
@PermitAll
public class DocumentResource {

    private static final String OPEN_API = "openapi.yaml";

    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    public String openApi() {
        try (InputStream document =
                Objects.requireNonNull(DocumentResource.class.getResourceAsStream(OPEN_API), OPEN_API)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("search-file.schema.json")
    @Produces("application/schema+json")
    public String searchFileSchema() {
        return SearchFile.schema();
    }

    @GET
    @Path("declaration.schema.json")
    @Produces("application/schema+json")
    public String declarationSchema() {
        return DeclarationReading.schema();
    }
}
