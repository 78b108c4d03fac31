package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.local.ScriptedServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code search} in a process of its own: what ends it, and what becomes of the search then. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FollowedSearchTest {

    private static final String SUBMIT = "POST /api/v1/searches";
    private static final String SHOW = "GET /api/v1/searches/00000000-0000-0000-0000-000000000001";
    private static final String CANCEL = "POST /api/v1/searches/00000000-0000-0000-0000-000000000001/cancel";
    private static final Answer RUNNING = inState("RUNNING");
    private static final Answer ENDED = inState("UNRELIABLE");

    @TempDir
    private Path home = Path.of("");

    private ScriptedServer server;
    private String searchFile = "";

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start().answering(SUBMIT, RUNNING);
        searchFile = ReplayFolder.in(home, 0).searchFile();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isSubmittedAgainWithTheSameKeyWhereTheAnswerWasLost() throws Exception {
        server.answering(SUBMIT, Answer.none(), Answer.of(500), RUNNING).answering(SHOW, ENDED);

        CommandProcess search = search();

        assertThat(search.awaitEnd()).as(search.printed()).isEqualTo(ExitCodes.UNRELIABLE);
        assertThat(server.requests()).containsExactly(SUBMIT, SUBMIT, SUBMIT, SHOW);
        assertThat(server.headers(SUBMIT, "Idempotency-key")).hasSize(3).containsOnly(key());
    }

    @Test
    void isSubmittedAgainWhereTheServerAsksForItSoonAndElseNot() throws Exception {
        server.answering(SUBMIT, Answer.notNow(429, "0"), Answer.notNow(429, "30"), RUNNING);

        CommandProcess search = search();

        assertThat(search.awaitEnd()).as(search.printed()).isEqualTo(ExitCodes.FAILED);
        assertThat(search.printed()).isEqualToIgnoringNewLines("not now");
        assertThat(server.requests()).containsExactly(SUBMIT, SUBMIT);
    }

    @Test
    void isFollowedOnWhereTheServerAsksToWait() throws Exception {
        server.answering(SHOW, Answer.notNow(429, "0"), RUNNING, Answer.notNow(503, "1"), ENDED);

        CommandProcess search = search();

        assertThat(search.awaitEnd()).as(search.printed()).isEqualTo(ExitCodes.UNRELIABLE);
        assertThat(server.requests()).containsExactly(SUBMIT, SHOW, SHOW, SHOW, SHOW);
    }

    @Test
    void isNotCancelledWhereItCanBeFollowedNoMore() throws Exception {
        server.answering(SHOW, RUNNING, Answer.of(403));

        CommandProcess search = search();

        assertThat(search.awaitEnd()).as(search.printed()).isEqualTo(ExitCodes.FAILED);
        assertThat(server.requests()).containsExactly(SUBMIT, SHOW, SHOW);
    }

    @Test
    void isCancelledWhenItsUserStopsTheProgramThoughTheServerAsksToWait() throws Exception {
        server.answering(SHOW, RUNNING).answering(CANCEL, Answer.notNow(429, "0"), inState("CANCELLED"));

        CommandProcess search = search();
        server.await(SHOW);
        search.stop().awaitEnd();

        assertThat(server.requests()).filteredOn(CANCEL::equals).hasSize(2);
        assertThat(search.printed())
                .contains("cancelling search 00000000-0000-0000-0000-000000000001")
                .doesNotContain("while ending");
    }

    private String key() {
        return server.headers(SUBMIT, "Idempotency-key").get(0);
    }

    private CommandProcess search() throws IOException {
        return CommandProcess.start(home, Map.of(), "search", searchFile, "--server", server.url());
    }

    private static Answer inState(String state) {
        return Answer.of("""
                {"searchId": "00000000-0000-0000-0000-000000000001", "state": "%s"}
                """.formatted(state));
    }
}
