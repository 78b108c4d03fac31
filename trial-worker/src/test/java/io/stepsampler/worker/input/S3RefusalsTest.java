package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static io.stepsampler.worker.input.S3Server.bytes;
import static io.stepsampler.worker.input.S3Sources.CACHE_BYTES;
import static io.stepsampler.worker.input.S3Sources.FILE;
import static io.stepsampler.worker.input.S3Sources.settings;

import io.stepsampler.messages.Outcome.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real S3 server: what a search is refused, and what is no fault of the search. */
class S3RefusalsTest {

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
        try (Sources nowhere = new Sources(settings(folder, Map.of("vision", away)))) {
            assertRefused(
                    () -> nowhere.of("vision").file(KEY, FILE),
                    Code.CRASHED,
                    FILE,
                    "the S3 server does not answer (Unable to execute HTTP request: Connection refused"
                            + " (SDK Attempt Count: 4))");
        }
    }

    private interface Reading {
        Path of(Locations locations, String key, String location) throws Refusal;
    }
}
