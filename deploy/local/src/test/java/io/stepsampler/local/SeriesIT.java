package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training of PyTorch's, {@code series/make_series.py}, is searched at its checkpoints and read as one schedule. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class SeriesIT {

    private static final Path PUBLISHED = Path.of("src/test/resources/series").toAbsolutePath();
    private static final List<Integer> STEPS = List.of(0, 100, 600);

    @TempDir
    private Path home;

    @Test
    void theCheckpointsOfATrainingMakeASchedule() throws Exception {
        PackagedProgram stack = PackagedProgram.start(home, "up", "--port", "0", "--workers", "1");
        stack.awaitLine("ready at ");
        for (int step : STEPS) {
            search("run", step, ", optimizerState: " + PUBLISHED.resolve("step-" + step + ".safetensors"));
        }
        search("forgetful", 600, "");

        JsonNode series = MessageJson.mapper().readTree(get("/api/v1/series/run"));
        List<String> table = get("/api/v1/series/run/schedule.csv").lines().toList();

        assertThat(series.path("findings").findValuesAsText("step")).containsExactly("0", "100", "600");
        assertThat(rates(series))
                .hasSize(STEPS.size())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .allSatisfy(rate -> assertThat(rate).isBetween(1e-5, 0.1));
        assertThat(series.toString()).doesNotContain("FRESH_OPTIMIZER");
        assertThat(series.path("schedule").asText()).contains("STEPS = [0, 100, 600]");
        assertThat(table).hasSize(1 + STEPS.size());
        assertThat(get("/api/v1/series/run/schedule.svg")).startsWith("<svg");
        JsonNode forgetful = MessageJson.mapper().readTree(get("/api/v1/series/forgetful"));
        assertThat(forgetful.toString()).contains("FRESH_OPTIMIZER");
        assertThat(rates(forgetful)).doesNotContainAnyElementsOf(rates(series));
        stack.stop();
        stack.assertThatNothingIsLeft();
    }

    private static List<Double> rates(JsonNode series) {
        return series.path("findings").findValues("recommendedLearningRate").stream()
                .map(JsonNode::asDouble)
                .toList();
    }

    private void search(String series, int step, String state) throws IOException, InterruptedException {
        Path file = Files.writeString(home.resolve(series + "-" + step + ".yaml"), """
                name: %1$s at %2$d
                series: {name: %1$s, step: %2$d}
                model: {family: torchscript, checkpoint: %3$s%4$s}
                data: {format: tensors, train: %5$s, validation: %6$s}
                training: {optimizer: adam, batchSize: 32, steps: 20}
                search: {thresholdDecades: 0.2}
                """.formatted(
                        series,
                        step,
                        PUBLISHED.resolve("step-" + step + ".pt"),
                        state,
                        PUBLISHED.resolve("train.safetensors"),
                        PUBLISHED.resolve("validation.safetensors")));
        PackagedProgram search = PackagedProgram.start(home, "search", file.toString());
        assertThat(search.awaitEnd()).as("%s", search.errorLines()).isZero();
    }

    private String get(String path) throws IOException, InterruptedException {
        ConnectionFile.Connection connection =
                new ConnectionFile(home.resolve(".stepsampler")).read().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create(connection.url() + path))
                .header("Authorization", "Bearer " + connection.apiKey())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
