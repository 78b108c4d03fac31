package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that no method reads. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class KnownParametersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            searches?limits=3                  | limits is not a known parameter; allowed: state, name, pool, searchId, after, limit
            searches/any/analysis?threshold=1  | threshold is not a known parameter; allowed: reading, thresholdDecades, method
            teams/local/audit?after=1          | after is not a known parameter; allowed: before
            caller?verbose                     | verbose is not a known parameter; there are none here
            """)
    void aParameterThatIsNotKnownIsRefusedWithThoseThatAre(String request, String sentence) {
        Response response = call().get("/api/v1/" + request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
        assertThat(response.jsonPath().getString("key")).isEqualTo(sentence.substring(0, sentence.indexOf(' ')));
    }

    @Test
    void nothingIsStartedWhereAParameterIsNotKnown() {
        assertThat(call().body(SearchCalls.REPLAY)
                        .post("/api/v1/searches?dryRun=true")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDocumentIsServedWhateverIsAdded() {
        assertThat(given().get("/api/v1/openapi.yaml?v=2").statusCode()).isEqualTo(200);
    }
}
