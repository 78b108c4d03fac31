package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static io.stepsampler.worker.input.S3Server.bytes;
import static io.stepsampler.worker.input.S3Sources.FILE;
import static io.stepsampler.worker.input.S3Sources.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server. */
class S3SourcesTest {

    @TempDir
    private Path folder;

    private S3Server server;
    private Sources sources;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
        server.put("models/linear.pt", bytes("weights"));
        sources = S3Sources.of(server, folder);
    }

    @AfterEach
    void stop() throws Exception {
        sources.close();
        server.stop();
    }

    @Test
    void anObjectIsReadUnderItsOwnName() throws Exception {
        try (Locations locations = sources.of("vision")) {
            Path file = locations.file(KEY, FILE);
            assertThat(file).hasContent("weights").hasFileName("linear.pt");
            assertThatCode(() -> locations.requireAllowed(KEY, file)).doesNotThrowAnyException();
        }
    }

    @Test
    void anUnchangedObjectIsNotDownloadedTwice() throws Exception {
        read("vision", FILE);
        assertThat(server.requests()).containsExactly("HEAD models/linear.pt", "GET models/linear.pt");
        assertThat(read("vision", FILE)).isEqualTo("weights");
        assertThat(server.requests()).containsExactly("HEAD models/linear.pt");
    }

    @Test
    void aChangedObjectIsDownloadedAnew() throws Exception {
        read("vision", FILE);
        server.put("models/linear.pt", bytes("weights 2"));
        assertThat(read("vision", FILE)).isEqualTo("weights 2");
    }

    @Test
    void aDigestThatTheTeamHoldsNeedsNoRequest() throws Exception {
        String digest = Digest.of(bytes("weights"));
        try (Locations locations = sources.of("vision")) {
            assertThat(locations.file(KEY, FILE, digest)).hasContent("weights");
            server.requests();
            assertThat(locations.file(KEY, FILE, digest)).hasContent("weights");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anObjectOfAnotherDigestIsRefused() {
        String other = Digest.of(bytes("other"));
        assertRefused(
                () -> sources.of("vision").file(KEY, FILE, other),
                Code.BAD_INPUT,
                "model.sha256",
                other,
                "the file " + FILE + " has the SHA-256 " + Digest.of(bytes("weights")) + " instead");
    }

    @Test
    void theDigestOfAnotherTeamsFileOpensNothing() throws Exception {
        read("vision", FILE);
        assertRefused(
                () -> sources.of("denied").file(KEY, FILE, Digest.of(bytes("weights"))),
                Code.POLICY,
                FILE,
                "the S3 server denies it to the team's access key");
    }

    @Test
    void aFolderIsBroughtHereWithItsNames() throws Exception {
        server.put("images/ants/a name.jpg", bytes("ant"));
        server.put("images/bees/nested/b.jpg", bytes("bee"));
        server.put("images-of-another/c.jpg", bytes("not below it"));
        try (Locations locations = sources.of("vision")) {
            Path images = locations.folder("data.train", "s3://vision/images");
            assertThat(names(images)).containsExactly("ants/a name.jpg", "bees/nested/b.jpg");
            assertThat(images.resolve("bees/nested/b.jpg")).hasContent("bee");
        }
    }

    @Test
    void aFolderOfMoreObjectsThanAListingTellsIsWhole() throws Exception {
        for (int i = 0; i < 1100; i++) {
            server.put("many/" + i, new byte[0]);
        }
        server.put("many/last", bytes("last"));
        try (Locations locations = sources.of("vision")) {
            assertThat(names(locations.folder("data.train", "s3://vision/many")))
                    .hasSize(1101);
        }
    }

    @Test
    void anUnchangedFolderIsOnlyListed() throws Exception {
        server.put("images/ants/a.jpg", bytes("ant"));
        server.put("images/bees/b.jpg", bytes("bee"));
        try (Locations locations = sources.of("vision")) {
            locations.folder("data.train", "s3://vision/images/");
            assertThat(server.requests()).containsExactlyInAnyOrder("GET images/ants/a.jpg", "GET images/bees/b.jpg");
            server.put("images/bees/b.jpg", bytes("another bee"));
            Path images = locations.folder("data.train", "s3://vision/images/");
            assertThat(server.requests()).containsExactly("GET images/bees/b.jpg");
            assertThat(images.resolve("bees/b.jpg")).hasContent("another bee");
        }
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(settings(folder, Map.of("vision", server.settings())).toString())
                .contains("us-east-1")
                .doesNotContain(S3Server.SECRET_KEY)
                .doesNotContain(S3Server.ACCESS_KEY);
    }

    private String read(String team, String location) throws Refusal, IOException {
        try (Locations locations = sources.of(team)) {
            return Files.readString(locations.file(KEY, location));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
