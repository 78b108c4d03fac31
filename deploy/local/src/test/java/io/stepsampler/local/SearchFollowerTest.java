package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SearchFollowerTest {

    private static final Connection NOBODY = new Connection(URI.create("http://127.0.0.1:1"), null);

    @Test
    @Timeout(30)
    void aStackThatAnotherCommandStoppedIsNotWaitedFor(@TempDir Path folder) throws Exception {
        UUID searchId = new UUID(0, 1);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            SearchFollower follower = new SearchFollower(
                    CoordinatorClient.ofAnnounced(NOBODY, new ConnectionFile(folder)),
                    new ProgressDisplay(nowhere, false));
            assertThatThrownBy(() -> follower.follow(searchId))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("the stack at http://127.0.0.1:1 was stopped by the command that runs it")
                    .hasMessageContaining("stepsampler show " + searchId);
        }
    }
}
