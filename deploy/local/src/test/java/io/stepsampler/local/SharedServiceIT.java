package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.client.ApiClient;
import io.stepsampler.client.ApiException;
import io.stepsampler.client.api.CurvesApi;
import io.stepsampler.client.api.SearchesApi;
import io.stepsampler.client.api.TeamsApi;
import io.stepsampler.client.model.ApiKeyRequest;
import io.stepsampler.client.model.Declaration;
import io.stepsampler.client.model.Finding;
import io.stepsampler.client.model.Role;
import io.stepsampler.client.model.SearchFile;
import io.stepsampler.client.model.State;
import io.stepsampler.messages.json.MessageJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as several teams use it, by the client that is generated from the API's description. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class SharedServiceIT {

    private static final int SEARCHES_BEFORE = 200;
    private static final int BURST = 40;
    private static final int CALLERS = 8;

    @TempDir
    private static Path home;

    private static PackagedProgram service;
    private static ApiClient administrator = new ApiClient();
    private static String url = "";
    private static ReplayFolder replay = new ReplayFolder(Path.of(""));

    @BeforeAll
    static void start() throws Exception {
        Path data = home.resolve("data");
        replay = ReplayFolder.in(home, 0);
        service = PackagedProgram.start(home, "up", "--port", "0", "--workers", "2", "--data", data.toString());
        service.awaitLine("ready at ");
        JsonNode connection =
                MessageJson.mapper().readTree(data.resolve("connection.json").toFile());
        url = connection.path("url").asText();
        administrator = client(connection.path("apiKey").asText());
    }

    @AfterAll
    static void stop() throws Exception {
        service.stop();
        service.assertThatNothingIsLeft();
    }

    @Test
    void aGeneratedClientCreatesFollowsReadsAndCancels() throws Exception {
        ApiClient member = team("readers");
        SearchesApi searches = new SearchesApi(member);

        Finding created = searches.createSearch(search(0), null);
        Finding last = follow(member, created.getSearchId());
        Finding shown = searches.showSearch(created.getSearchId(), null);

        assertThat(shown.getState()).isEqualTo(State.FOUND);
        assertThat(shown.getRecommendedLearningRate()).isPositive();
        assertThat(last).isEqualTo(shown);
        assertThat(new CurvesApi(member).listTrials(created.getSearchId()).getTrials())
                .hasSize(Objects.requireNonNull(shown.getCost()).getProbes());

        Finding endless = searches.createSearch(search(5), null);
        Finding cancelled = searches.cancelSearch(endless.getSearchId());
        assertThat(cancelled.getState()).isEqualTo(State.CANCELLED);
        assertThat(searches.listSearches("CANCELLED", null, null, null, null, null)
                        .getSearches())
                .extracting("searchId")
                .containsExactly(endless.getSearchId());
    }

    @Test
    void aBurstWithEveryKeyTwiceMakesEverySearchOnceAndLosesNone() throws Exception {
        ApiClient member = team("burst");
        SearchesApi searches = new SearchesApi(member);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Callable<UUID>> requests = new ArrayList<>();
        for (int request = 0; request < 2 * BURST; request++) {
            String key = "burst-" + request / 2;
            requests.add(() -> searches.createSearch(search(0), key).getSearchId());
        }

        Set<UUID> made = new HashSet<>();
        for (Future<UUID> answer : callers.invokeAll(requests)) {
            made.add(answer.get());
        }
        callers.shutdown();
        for (UUID searchId : made) {
            follow(member, searchId);
        }

        assertThat(made).hasSize(BURST);
        assertThat(searches.listSearches("FOUND", null, null, null, null, 1000).getSearches())
                .hasSize(BURST);
    }

    @Test
    void aTeamThatComesLateWaitsForNoMoreProbesThanArePublished() throws Exception {
        SearchesApi first = new SearchesApi(team("first"));
        SearchesApi second = new SearchesApi(team("second"));
        try (PublishedTopics topics = PublishedTopics.of(service)) {
            for (int search = 0; search < SEARCHES_BEFORE; search++) {
                first.createSearch(search(0.05), null);
            }
            UUID late = second.createSearch(search(0), null).getSearchId();
            Instant submitted = Instant.now();

            PublishedTopics.Start start = topics.firstStart(late);

            assertThat(topics.startsBetween(submitted, start.at()))
                    .as("trials of the other team before the first one")
                    .isLessThanOrEqualTo(topics.publishedAndNotStarted(start.published(), submitted));
        }
        for (var running : first.listSearches("QUEUED,RUNNING", null, null, null, null, 1000)
                .getSearches()) {
            first.cancelSearch(running.getSearchId());
        }
    }

    /** The last finding of its stream: the generated client knows no streams. */
    private static Finding follow(ApiClient client, UUID searchId) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(client.getBaseUri() + "/api/v1/searches/" + searchId + "/events"));
        client.getRequestInterceptor().accept(request);
        String last = client.getHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data:"))
                .reduce("", (earlier, line) -> line.substring("data:".length()));
        return client.getObjectMapper().readValue(last, Finding.class);
    }

    /** A client of a member of a new team. */
    private static ApiClient team(String name) throws ApiException {
        TeamsApi teams = new TeamsApi(administrator);
        teams.putTeam(name, new Declaration());
        return client(Objects.requireNonNull(
                teams.createApiKey(name, new ApiKeyRequest().name("test").role(Role.MEMBER))
                        .getApiKey()));
    }

    private static ApiClient client(String apiKey) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + apiKey));
        return client;
    }

    private static SearchFile search(double trialSeconds) {
        return new SearchFile()
                .model(Map.of(
                        "family",
                        "replay",
                        "checkpoint",
                        replay.folder().resolve("curve.csv").toString(),
                        "options",
                        Map.of("trialSeconds", trialSeconds)))
                .search(Map.of("thresholdDecades", 0.2));
    }
}
