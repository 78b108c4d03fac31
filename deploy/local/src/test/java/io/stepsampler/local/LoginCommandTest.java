package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.local.ScriptedServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: it has another home. */
class LoginCommandTest {

    private static final String KEY = "stps_0123456789_" + "a".repeat(43);
    private static final String CALLER = "GET /api/v1/caller";
    private static final String LIST = "GET /api/v1/searches";
    private static final Answer HOLDER = Answer.of("""
            {"name": "ci", "team": "vision", "role": "member"}
            """);

    @TempDir
    private Path home = Path.of("");

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start().answering(CALLER, HOLDER).answering(LIST, Answer.of("{\"searches\": []}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aKeyThatIsTypedIsUsedByLaterCommands() throws Exception {
        CommandProcess login = login(Map.of(), server.url() + "/").type(KEY + "\n");
        assertThat(login.awaitEnd()).as(login.printed()).isEqualTo(ExitCodes.FOUND);
        assertThat(login.printed())
                .isEqualToIgnoringNewLines("logged in to " + server.url() + "/ as ci, member of team vision");

        assertThat(CommandProcess.start(home, Map.of(), "list", "--server", server.url())
                        .awaitEnd())
                .isEqualTo(ExitCodes.FOUND);

        assertThat(server.headers(CALLER, "Authorization")).containsExactly("Bearer " + KEY);
        assertThat(server.headers(LIST, "Authorization")).containsExactly("Bearer " + KEY);
    }

    @Test
    void aKeyOfTheEnvironmentIsNotAskedFor() throws Exception {
        CommandProcess login = login(Map.of(ServerChoice.KEY_VARIABLE, KEY), server.url());

        assertThat(login.awaitEnd()).as(login.printed()).isEqualTo(ExitCodes.FOUND);
        assertThat(stored(server.url())).contains(KEY);
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsNotStored() throws Exception {
        server.answering(CALLER, Answer.of(401));

        CommandProcess login = login(Map.of(), server.url()).type(KEY + "\n");

        assertThat(login.awaitEnd()).as(login.printed()).isEqualTo(ExitCodes.FAILED);
        assertThat(login.printed()).doesNotContain(KEY);
        assertThat(stored(server.url())).isEmpty();
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingShown() throws Exception {
        CommandProcess login = login(Map.of(), server.url()).type(KEY + "\u00e9\n");

        assertThat(login.awaitEnd()).as(login.printed()).isEqualTo(ExitCodes.REFUSED);
        assertThat(login.printed()).startsWith("what was given is no API key").doesNotContain(KEY);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void loginsAtOnceAreAllKept() throws Exception {
        List<String> urls = new ArrayList<>();
        List<CommandProcess> logins = new ArrayList<>();
        for (String path : List.of("/a", "/b", "/c", "/d")) {
            server.answering("GET " + path + "/api/v1/caller", HOLDER);
            urls.add(server.url() + path);
            logins.add(login(Map.of(), server.url() + path));
        }

        for (CommandProcess login : logins) {
            login.type(KEY + "\n");
        }
        for (CommandProcess login : logins) {
            assertThat(login.awaitEnd()).as(login.printed()).isEqualTo(ExitCodes.FOUND);
        }

        for (String url : urls) {
            assertThat(stored(url)).as(url).contains(KEY);
        }
    }

    @Test
    void aKeyThatOthersCanReadOnItsWayIsWarnedOf() throws Exception {
        Map<String, String> key = Map.of(ServerChoice.KEY_VARIABLE, KEY);
        String warning = "the API key goes to http://stepsampler.invalid over plain http, where others can read it on"
                + " its way; use https";

        assertThat(printed(login(key, "http://stepsampler.invalid"))).containsOnlyOnce(warning);
        assertThat(printed(list(key, "http://stepsampler.invalid"))).containsOnlyOnce(warning);
        assertThat(printed(list(key, "https://stepsampler.invalid"))).doesNotContain("plain http");
        assertThat(printed(list(key, server.url()))).doesNotContain("plain http");
        assertThat(printed(list(Map.of(), "http://stepsampler.invalid"))).doesNotContain("plain http");
    }

    private CommandProcess login(Map<String, String> variables, String url) throws IOException {
        return CommandProcess.start(home, variables, "login", url);
    }

    private CommandProcess list(Map<String, String> variables, String url) throws IOException {
        return CommandProcess.start(home, variables, "list", "--server", url);
    }

    private Optional<String> stored(String url) throws IOException {
        return new Credentials(home.resolve(".stepsampler")).keyOf(URI.create(url));
    }

    private static String printed(CommandProcess command) throws IOException, InterruptedException {
        command.awaitEnd();
        return command.printed();
    }
}
