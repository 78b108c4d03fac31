package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real S3 server. */
class S3SourcesTest {

    private static final String FILE = "s3://vision/models/linear.pt";
    private static final int CACHE_BYTES = 1000;

    @TempDir
    private Path folder;

    private S3Server server;
    private Sources sources;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
        server.put("models/linear.pt", bytes("weights"));
        sources = new Sources(settings(Map.of("vision", server.settings(), "denied", server.settings("wrong"))));
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
    void aTeamWithoutS3IsRefused() {
        for (Reading reading : List.<Reading>of(Locations::file, Locations::folder)) {
            assertRefused(
                    () -> reading.of(sources.of("text"), KEY, FILE),
                    Code.POLICY,
                    FILE,
                    "team text has no S3 server here; stepsampler.s3.\"text\".access-key and its siblings give it one");
        }
    }

    @Test
    void aMissingObjectIsRefused() {
        for (String missing : List.of("s3://vision/none.pt", "s3://no-such-bucket/linear.pt")) {
            assertRefused(
                    () -> sources.of("vision").file(KEY, missing),
                    Code.BAD_INPUT,
                    missing,
                    "the S3 server has no such bucket or object");
        }
        assertRefused(
                () -> sources.of("vision").folder(KEY, "s3://no-such-bucket/images"),
                Code.BAD_INPUT,
                "s3://no-such-bucket/images",
                "the S3 server has no such bucket or object");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertRefused(
                () -> sources.of("vision").folder("data.train", "s3://vision/none"),
                Code.BAD_INPUT,
                "data.train",
                "s3://vision/none",
                "the bucket holds no object below it");
    }

    /** The first is a plain key to an S3 server, and a way to a file of the worker here. */
    @ParameterizedTest
    @ValueSource(strings = {"../../stolen.jpg", "/a.jpg", "a//b.jpg", "./a.jpg"})
    void anObjectIsNotFollowedOutOfItsFolder(String name) {
        server.put("images/ants/" + name, bytes("ant"));
        assertRefused(
                () -> sources.of("vision").folder(KEY, "s3://vision/images/ants"),
                Code.BAD_INPUT,
                "s3://vision/images/ants",
                "the object " + name + " below it has no name that a file can have");
    }

    @Test
    void anObjectThatIsAlsoAFolderIsRefused() {
        server.put("images/ants", bytes("no folder"));
        server.put("images/ants/a.jpg", bytes("ant"));
        assertRefused(
                () -> sources.of("vision").folder(KEY, "s3://vision/images"),
                Code.BAD_INPUT,
                "s3://vision/images",
                "it holds ants both as an object and as a folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://vision", "s3://vision/", "s3://vision/models/", "s3:vision/a", "s3://V_/a", "s3:///a"})
    void whatNamesNoObjectIsRefused(String location) {
        assertRefused(
                () -> sources.of("vision").file(KEY, location),
                Code.BAD_INPUT,
                location,
                "it must be s3://BUCKET/KEY, or s3://BUCKET/PREFIX for a folder");
    }

    @Test
    void whatIsLargerThanTheCacheIsRefused() {
        server.put("large/a", new byte[CACHE_BYTES]);
        server.put("large/b", new byte[1]);
        server.put("larger", new byte[CACHE_BYTES + 1]);
        assertRefused(
                () -> sources.of("vision").file(KEY, "s3://vision/larger"),
                Code.POLICY,
                "s3://vision/larger",
                "it is larger than the 1000 bytes that the worker's cache keeps (stepsampler.cache-bytes)");
        assertRefused(
                () -> sources.of("vision").folder(KEY, "s3://vision/large"),
                Code.POLICY,
                "s3://vision/large",
                "it holds more than the 1000 bytes that the worker's cache keeps (stepsampler.cache-bytes) or more than"
                        + " 1000000 objects");
    }

    @Test
    void aFaultOfTheServerIsNoFaultOfTheSearch() {
        server.fail();
        assertRefused(
                () -> sources.of("vision").file(KEY, FILE),
                Code.CRASHED,
                FILE,
                "the S3 server answers with the status 500");
    }

    @Test
    void aServerThatIsAwayIsNoFaultOfTheSearch() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        S3Settings away = new S3Settings(URI.create("http://127.0.0.1:" + free), "us-east-1", "id", "secret", true);
        try (Sources nowhere = new Sources(settings(Map.of("vision", away)))) {
            assertRefused(
                    () -> nowhere.of("vision").file(KEY, FILE),
                    Code.CRASHED,
                    FILE,
                    "the S3 server does not answer (Unable to execute HTTP request: Connection refused"
                            + " (SDK Attempt Count: 4))");
        }
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(settings(Map.of("vision", server.settings())).toString())
                .contains("us-east-1")
                .doesNotContain(S3Server.SECRET_KEY)
                .doesNotContain(S3Server.ACCESS_KEY);
    }

    private interface Reading {
        Path of(Locations locations, String key, String location) throws Refusal;
    }

    private SourceSettings settings(Map<String, S3Settings> s3) {
        return new SourceSettings(List.of(), folder.resolve("cache"), CACHE_BYTES, List.of(), s3);
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
