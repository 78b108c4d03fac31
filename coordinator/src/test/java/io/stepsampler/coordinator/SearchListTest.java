package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.storage.SearchPage;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which searches a team is shown. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SearchListTest {

    @Inject
    Jdbi database;

    @Test
    void aListIsReadPageByPageWithoutGapsThoughSearchesAreAdded() {
        String name = "paged " + UUID.randomUUID();
        List<String> submitted = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            submitted.add(0, submit(named(name)).toString());
        }

        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            Response page = call().queryParam("name", name.toUpperCase(Locale.ROOT))
                    .queryParam("limit", 2)
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/v1/searches");
            listed.addAll(page.jsonPath().getList("searches.searchId", String.class));
            String following = page.jsonPath().getString("next");
            next = following == null ? "" : following;
            submit(named(name));
        } while (!next.isEmpty());

        assertThat(listed).isEqualTo(submitted);
    }

    @Test
    void aListHoldsWhatIsAskedFor() {
        String name = "listed " + UUID.randomUUID();
        UUID cancelled = submit(named(name));
        UUID running = submit(named(name));
        call().post("/api/v1/searches/" + cancelled + "/cancel");

        assertThat(listed("name=" + name + "&state=CANCELLED")).containsExactly(cancelled.toString());
        assertThat(listed("name=" + name + "&state=CANCELLED,RUNNING"))
                .containsExactly(running.toString(), cancelled.toString());
        assertThat(listed("searchId=" + running.toString().substring(0, 12))).containsExactly(running.toString());
        assertThat(listed("name=" + name + "&pool=other")).isEmpty();
    }

    @Test
    void aListIsServedWithoutReadingAnyFinding() {
        String name = "unreadable " + UUID.randomUUID();
        UUID searchId = submit(named(name));
        call().post("/api/v1/searches/" + searchId + "/cancel");
        database.useTransaction(transaction -> transaction
                .createUpdate("update search set finding = '{\"state\": 7, \"recommendedLearningRate\": 2.5e-4}',"
                        + " specification = '{}' where search_id = :searchId")
                .bind("searchId", searchId)
                .execute());

        Response listed = get("?name=" + name);

        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.jsonPath().getString("searches[0].state")).isEqualTo("CANCELLED");
        assertThat(listed.jsonPath().getString("searches[0].name")).isEqualTo(name);
        assertThat(listed.jsonPath().getDouble("searches[0].recommendedLearningRate"))
                .isEqualTo(2.5e-4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            state=DONE | state is DONE; allowed: one or more of QUEUED, RUNNING, FOUND, BUDGET_SPENT, UNRELIABLE, FAILED, CANCELLED, with commas between
            limit=0    | limit is 0; must be a number from 1 to 1000
            limit=1001 | limit is 1001; must be a number from 1 to 1000
            after=2    | after is 2; must be what an earlier page gave as next
            after=NEVER | after is NEVER; must be what an earlier page gave as next
            """)
    void aListThatCannotBeHadIsRefused(String query, String sentence) {
        String never = new SearchPage.Cursor(Instant.MAX, new UUID(0, 0)).text();
        Response response = get("?" + query.replace("NEVER", never));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence.replace("NEVER", never));
    }

    @Test
    void aNameThatNothingCanHaveIsRefused() {
        Response response = call().urlEncodingEnabled(false).get("/api/v1/searches?name=a%00b");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo("name is a?b; must hold no control characters, here shown as ?");
    }

    private static List<String> listed(String query) {
        return get("?" + query).jsonPath().getList("searches.searchId", String.class);
    }

    private static String named(String name) {
        return "{name: " + name + ", model: {family: replay, checkpoint: /curve.csv}}";
    }
}
