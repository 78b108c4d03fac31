package io.stepsampler.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged programs as a user does: real Kafka, real Postgres, the three services. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class LocalStackIT {

    /** Long enough for the second search to outlast the first. */
    private static final double TRIAL_SECONDS = 0.3;

    /** Kafka, the host of Postgres, coordinator, analyzer and a worker. */
    private static final int FEWEST_CHILDREN = 5;

    @Test
    void aSearchRunsTheWholeStackUntilTheLastSearchEndsAndLeavesNothingRunning(@TempDir Path home) throws Exception {
        ReplayFolder replay = ReplayFolder.in(home, 0);
        ReplayFolder longerReplay = ReplayFolder.in(home.resolve("longer"), TRIAL_SECONDS);
        PackagedProgram search =
                PackagedProgram.start(home, "search", replay.searchFile(), "--json", replay.finding("finding.json"));
        search.awaitLine("starting ");
        PackagedProgram guest = PackagedProgram.start(
                home, "search", longerReplay.searchFile(), "--json", longerReplay.finding("finding.json"));
        search.awaitLine("ready after");
        assertThat(search.children()).hasSizeGreaterThanOrEqualTo(FEWEST_CHILDREN);
        guest.awaitLine("search ");
        assertThat(guest.children()).isEmpty();
        search.awaitLine("waiting for 1 other search ");
        assertThat(guest.awaitEnd()).as("%s", guest.errorLines()).isZero();
        assertThat(longerReplay.readFinding("finding.json").path("state").asText())
                .isEqualTo("FOUND");

        assertThat(search.awaitEnd()).as("%s", search.errorLines()).isZero();
        assertThat(replay.readFinding("finding.json").path("state").asText()).isEqualTo("FOUND");
        assertThat(search.lastOutputLine()).startsWith("recommended learning rate: ");
        assertThat(home.resolve(".stepsampler/connection.json")).doesNotExist();
        search.assertThatNothingIsLeft();
    }
}
