package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.SearchFile;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The description of the API, which every answer of {@link AccessTest} is held against too. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class OpenApiTest {

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        OpenApiDocument document = document();
        int examples = 0;
        for (Map.Entry<String, JsonNode> schema :
                document.root().path("components").path("schemas").properties()) {
            for (JsonNode example : schema.getValue().path("examples")) {
                assertThat(document.faults(schema.getValue(), example))
                        .as(schema.getKey())
                        .isEmpty();
                examples++;
            }
        }
        assertThat(examples).isPositive();
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsSeen() {
        OpenApiDocument document = document();

        assertThat(document.faults("GET /api/v1/caller", 200, "application/json", "{\"team\": 1}"))
                .isNotEmpty();
        assertThat(document.faults("GET /api/v1/caller", 204, "application/json", "{}"))
                .isEqualTo(Set.of("GET /api/v1/caller has no answer 204"));
        assertThat(document.faults("GET /api/v1/caller", 200, "text/html", "<p>"))
                .isEqualTo(Set.of("GET /api/v1/caller has no content of type text/html"));
    }

    @Test
    void theSchemaOfSearchFilesIsServed() throws Exception {
        String served = given().get("/api/v1/search-file.schema.json").asString();

        assertThat(MessageJson.mapper().readTree(served))
                .isEqualTo(MessageJson.mapper().readTree(SearchFile.schema()));
    }

    static OpenApiDocument document() {
        return OpenApiDocument.read(given().get("/api/v1/openapi.yaml").asString());
    }
}
