package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches that train, of one team on one stack, one after the other. Each test has a seed of its own. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ReuseIT {

    private static final Path EXPORTED = Path.of("../../trial-worker/src/test/resources/export/search");
    private static final String COARSE = "thresholdDecades: 0.2";

    @TempDir
    private static Path home;

    private static PackagedProgram stack;

    @BeforeAll
    static void up() throws Exception {
        stack = PackagedProgram.start(home, "up", "--port", "0", "--workers", "2");
        stack.awaitLine("ready at ");
    }

    @AfterAll
    static void down() throws Exception {
        stack.stop();
    }

    @Test
    void theSameSearchAgainTrainsNothingWhereverItsFilesLie() throws Exception {
        JsonNode first = search(copied("here"), "seed: 1", COARSE);

        JsonNode again = search(copied("there"), "seed: 1", COARSE);

        assertTrainedNothing(again);
        assertThat(first.path("cost").has("reused")).isFalse();
        assertThat(rates(first, point -> point.has("reused"))).isEmpty();
        for (String answer :
                List.of("state", "baselineLoss", "window", "recommendedLearningRate", "pointsOfInterest")) {
            assertThat(again.path(answer)).as(answer).isEqualTo(first.path(answer));
        }
    }

    @Test
    void aFinerThresholdTrainsTheNewProbesOnly() throws Exception {
        Path folder = copied("finer");
        List<Double> known = rates(search(folder, "seed: 2", COARSE), point -> true);

        JsonNode finer = search(folder, "seed: 2", "thresholdDecades: 0.01");

        List<Double> trained = rates(finer, point -> !point.path("reused").asBoolean());
        assertThat(trained).isNotEmpty().doesNotContainAnyElementsOf(known);
        assertThat(finer.path("cost").path("reused").asInt() + trained.size())
                .isEqualTo(finer.path("cost").path("probes").asInt());
        assertThat(finer.path("cost").path("trainingSteps").asLong()).isBetween(1L, 6L * trained.size());
    }

    @Test
    void longerTrialsAndARangeTestAreTakenOverToo() throws Exception {
        Path folder = copied("longer");
        JsonNode first = search(folder, "seed: 3, lengthen: true", COARSE + ", sweep: true");

        assertThat(purposes(first)).contains("lengthened");
        assertThat(first.has("sweep")).isTrue();
        assertTrainedNothing(search(folder, "seed: 3, lengthen: true", COARSE + ", sweep: true"));
    }

    @Test
    void trialsOfOtherSeedsAreTakenOverToo() throws Exception {
        Path folder = NoisyFolder.write(home.resolve("noisy"));
        String file = """
                model: {family: torchscript, checkpoint: model.pt}
                data: {format: tensors, train: train.safetensors, validation: validation.safetensors}
                training: {optimizer: {name: sgd, momentum: 0.9}, batchSize: 4, steps: 12}
                search: {from: 1e-5, repeats: 2, budget: {probes: 100}}
                """;

        assertThat(purposes(search(folder, file))).contains("repeat");
        assertTrainedNothing(search(folder, file));
    }

    @Test
    void anotherFieldOfTheKeyTrainsAll() throws Exception {
        Path folder = copied("fields");
        search(folder, "seed: 5", COARSE);

        assertTrainedAll(search(folder, "seed: 6", COARSE));
        assertTrainedAll(search(folder, "seed: 5, clipNorm: 1", COARSE));
        assertTrainedAll(search(folder, "seed: 5", COARSE + ", reuse: false"));
    }

    @Test
    void filesThatHaveChangedAreTrainedOn() throws Exception {
        Path folder = copied("changed");
        search(folder, "seed: 7", COARSE);
        Files.copy(
                folder.resolve("validation/000001.safetensors"),
                folder.resolve("validation/000000.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);

        assertTrainedAll(search(folder, "seed: 7", COARSE));
    }

    private static void assertTrainedNothing(JsonNode finding) {
        JsonNode cost = finding.path("cost");
        assertThat(cost.path("trainingSteps").asLong()).isZero();
        assertThat(cost.path("reused").asInt()).isEqualTo(cost.path("probes").asInt());
        assertThat(rates(finding, point -> !point.path("reused").asBoolean())).isEmpty();
    }

    private static void assertTrainedAll(JsonNode finding) {
        assertThat(finding.path("cost").has("reused")).isFalse();
        assertThat(finding.path("cost").path("trainingSteps").asLong()).isPositive();
        assertThat(rates(finding, point -> point.has("reused"))).isEmpty();
    }

    private static List<Double> rates(JsonNode finding, Predicate<JsonNode> wanted) {
        return points(finding)
                .filter(wanted)
                .map(point -> point.path("learningRate").asDouble())
                .toList();
    }

    private static Stream<JsonNode> points(JsonNode finding) {
        return StreamSupport.stream(finding.path("points").spliterator(), false);
    }

    private static Set<String> purposes(JsonNode finding) {
        return points(finding).map(point -> point.path("purpose").asText()).collect(Collectors.toSet());
    }

    private static JsonNode search(Path folder, String training, String search) throws Exception {
        return search(folder, """
                name: tagger
                model: {family: torchscript, checkpoint: model.pt}
                data: {format: batches, train: train, validation: validation}
                training: {loss: output, optimizer: {name: sgd}, batchSize: 4, steps: 6, %s}
                search: {from: 1e-5, to: 1, %s}
                """.formatted(training, search));
    }

    private static JsonNode search(Path folder, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("search.yaml"), text);
        Path json = folder.resolve("finding.json");
        Files.deleteIfExists(json);
        PackagedProgram program = PackagedProgram.start(home, "search", file.toString(), "--json", json.toString());
        assertThat(program.awaitEnd()).as("%s", program.errorLines()).isIn(ExitCodes.FOUND, ExitCodes.UNRELIABLE);
        return MessageJson.mapper().readTree(json.toFile());
    }

    private static Path copied(String name) throws IOException {
        Path folder = home.resolve(name);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> exported = Files.walk(EXPORTED)) {
            exported.forEach(files::add);
        }
        for (Path file : files) {
            Files.copy(file, folder.resolve(EXPORTED.relativize(file).toString()));
        }
        return folder;
    }
}
