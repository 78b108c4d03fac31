package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SearchFollowerTest {

    private static final UUID SEARCH = new UUID(0, 1);
    private static final Connection NOBODY = new Connection(URI.create("http://127.0.0.1:1"), null);

    @Test
    @Timeout(30)
    void whyASearchDoesNotMoveIsToldOnce() throws Exception {
        ScriptedServer.Answer running = inState("RUNNING");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (ScriptedServer server = ScriptedServer.start()
                        .answering("GET /api/v1/searches/" + SEARCH, running, running, running, inState("FOUND"))
                        .answering(
                                "GET /api/v1/pools",
                                ScriptedServer.Answer.of("{\"pools\": [{\"name\": \"a100\", \"workers\": 0}]}"));
                PrintStream output = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            new SearchFollower(
                            new CoordinatorClient(new Connection(URI.create(server.url()), null)),
                            "a100",
                            new ProgressDisplay(output, false),
                            Duration.ZERO)
                    .follow(SEARCH);

            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsOnlyOnce("pool a100 has no worker now: the search waits for one");
            assertThat(server.requests()).containsOnlyOnce("GET /api/v1/pools");
        }
    }

    @Test
    @Timeout(30)
    void thatTheServerIsAwayIsToldOnceEachTime() throws Exception {
        // cut connections are tried again by the client itself
        ScriptedServer.Answer none = ScriptedServer.Answer.of(500);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (ScriptedServer server = ScriptedServer.start()
                        .answering(
                                "GET /api/v1/searches/" + SEARCH,
                                none,
                                none,
                                inState("RUNNING"),
                                none,
                                inState("FOUND"));
                PrintStream output = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            new SearchFollower(
                            new CoordinatorClient(new Connection(URI.create(server.url()), null)),
                            "default",
                            new ProgressDisplay(output, false),
                            Duration.ofMinutes(1))
                    .follow(SEARCH);

            String away = "the server " + server.url() + " does not answer; trying again for 120 s";
            assertThat(printed.toString(StandardCharsets.UTF_8).lines().filter(away::equals))
                    .hasSize(2);
        }
    }

    private static ScriptedServer.Answer inState(String state) {
        return ScriptedServer.Answer.of("{\"searchId\": \"" + SEARCH + "\", \"state\": \"" + state + "\"}");
    }

    @Test
    @Timeout(30)
    void aStackThatAnotherCommandStoppedIsNotWaitedFor(@TempDir Path folder) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            SearchFollower follower = new SearchFollower(
                    CoordinatorClient.ofAnnounced(NOBODY, new ConnectionFile(folder)),
                    "default",
                    new ProgressDisplay(nowhere, false),
                    Duration.ZERO);
            assertThatThrownBy(() -> follower.follow(SEARCH))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("the stack at http://127.0.0.1:1 was stopped by the command that runs it")
                    .hasMessageContaining("stepsampler show " + SEARCH);
        }
    }
}
