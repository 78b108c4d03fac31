package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything starts; the command is in a process of its own: it has another environment. */
class UpCommandTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void declarationsThatAreNoFolderAreRefused() throws Exception {
        Path missing = home.resolve("declared");
        Path file = Files.writeString(home.resolve("declared.yaml"), "kind: team\nname: vision\n");

        for (Path declarations : new Path[] {missing, file}) {
            assertRefused(
                    Map.of("STEPSAMPLER_DECLARATIONS", declarations.toString()),
                    "STEPSAMPLER_DECLARATIONS is " + declarations + "; must be a folder that exists and can be read");
        }
    }

    @Test
    void aWordThatNeitherAllowsNorForbidsPrivateAddressesIsRefused() throws Exception {
        assertRefused(
                Map.of("STEPSAMPLER_WEBHOOKS_PRIVATE_ADDRESSES", "maybe"),
                "STEPSAMPLER_WEBHOOKS_PRIVATE_ADDRESSES is maybe; allowed: true, false");
    }

    private void assertRefused(Map<String, String> variables, String sentence) throws Exception {
        CommandProcess up = CommandProcess.start(home, variables, "up", "--port", "0");
        assertThat(up.awaitEnd()).as(up.printed()).isEqualTo(ExitCodes.REFUSED);
        assertThat(up.printed()).isEqualToIgnoringNewLines(sentence);
        assertThat(home.resolve(".stepsampler")).doesNotExist();
    }
}
