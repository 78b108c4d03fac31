package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.method.StepSampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("reads what is printed to standard output and standard error")
class CommandLineTest {

    @Test
    void anUnknownOptionIsRefused() {
        assertThat(CommandRun.of("up", "--worker", "2").exitCode()).isEqualTo(ExitCodes.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "analyze --version"})
    void theVersionsOfBuildAndMethodArePrinted(String arguments) {
        CommandRun result = CommandRun.of(arguments.split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FOUND);
        assertThat(result.output().strip()).matches("stepsampler [0-9]+\\.[0-9]+\\S*, method " + StepSampling.VERSION);
    }

    @ParameterizedTest
    @CsvSource({"up, --workers", "up, --threads", "check search.yaml, --threads"})
    void noWorkersAndNoThreadsAreRefusedInASentence(String command, String option) {
        CommandRun result = CommandRun.of((command + " " + option + " 0").split(" "));
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).isEqualToIgnoringNewLines(option + " is 0; it must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8470", "", "http://", "ftp://127.0.0.1", "http://a b"})
    void aServerThatIsNotAUrlIsRefused(String server) {
        CommandRun result = CommandRun.of("list", "--server", server);
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("--server is " + (server.isEmpty() ? "blank" : server)
                        + "; must be a URL such as http://127.0.0.1:8470");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        CommandRun result = CommandRun.of("list", "--server", "http://127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("the server http://127.0.0.1:1 does not answer: no connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "cancel"})
    void aSearchIsNamedByItsId(String command) {
        CommandRun result = CommandRun.of(command, "nope", "--server", "http://127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors())
                .isEqualToIgnoringNewLines("ID is nope; must be an id as `stepsampler list` shows it, or at least its"
                        + " first 4 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "analyze"})
    void aFileThatIsNotInUtf8IsRefusedInASentence(String command, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("latin"), "name: für\n".getBytes(StandardCharsets.ISO_8859_1));
        CommandRun result = CommandRun.of(command, file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.REFUSED);
        assertThat(result.errors()).contains("is " + file + "; it cannot be read: it is not text in UTF-8");
    }

    @Test
    void aFileInPlaceOfTheDataFolderIsTold(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "");
        CommandRun result = CommandRun.of("up", "--data", file.toString());
        assertThat(result.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).isEqualToIgnoringNewLines(file + " cannot be used: it is a file; must be a folder");
    }
}
