package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.local.stack.ConnectionFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service in the same folder again, and one that cannot start. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class UpIT {

    @TempDir
    private Path home = Path.of("");

    @Test
    void aRestartHasTheSameKeyAndItsEndIsTold() throws Exception {
        String first = keyOfARun();
        assertThat(keyOfARun()).isEqualTo(first);
    }

    @Test
    void aMistakeInADeclaredFileIsToldWithoutAnotherStart() throws Exception {
        Path declared = Files.createDirectories(home.resolve("declared"));
        Files.writeString(declared.resolve("teams.yaml"), "kind: team\nname: vision\nweigth: 2\n");
        PackagedProgram up = PackagedProgram.start(
                home, Map.of("STEPSAMPLER_DECLARATIONS", declared.toString()), "up", "--port", "0", "--workers", "1");
        assertThat(up.awaitEnd()).isEqualTo(ExitCodes.FAILED);
        assertThat(up.errorLines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("coordinator did not start: ")
                        .contains("teams.yaml, document 1: weigth is not a known key"))
                .noneSatisfy(line -> assertThat(line).contains("\tat "));
        up.assertThatNothingIsLeft();
    }

    private String keyOfARun() throws Exception {
        PackagedProgram up = PackagedProgram.start(home, "up", "--port", "0", "--workers", "1");
        up.awaitLine("ready at ");
        ConnectionFile.Connection connection =
                new ConnectionFile(home.resolve(".stepsampler")).read().orElseThrow();
        up.stop();
        assertThat(up.errorLines())
                .containsSubsequence("stopping; searches that have not ended go on at the next start", "stopped");
        up.assertThatNothingIsLeft();
        return String.valueOf(connection.apiKey());
    }
}
