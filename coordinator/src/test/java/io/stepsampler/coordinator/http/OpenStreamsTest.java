package io.stepsampler.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.coordinator.identity.Credential;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    private final OpenStreams streams = new OpenStreams();

    @Test
    void aTeamLeavesRoomForTheOthers() {
        fill("vision", OpenStreams.MOST_OF_A_TEAM);

        assertThat(added("vision", new HeldLine())).isEqualTo(OpenStreams.Room.NONE_FOR_THE_TEAM);
        assertThat(added("speech", new HeldLine())).isEqualTo(OpenStreams.Room.THERE_IS);
        assertThat(streams.now()).hasSize(OpenStreams.MOST_OF_A_TEAM + 1);
    }

    @Test
    void aStreamIsToldWhatIsKnownOnlyIfThereIsRoom() {
        HeldLine told = new HeldLine();
        HeldLine refused = new HeldLine();
        added("vision", told);
        fill("vision", OpenStreams.MOST_OF_A_TEAM - 1);
        added("vision", refused);

        assertThat(told.sent()).containsExactly("1");
        assertThat(refused.sent()).isEmpty();
    }

    @Test
    void aReplicaHasRoomForSoMany() {
        for (int open = 0; open < OpenStreams.MOST; open++) {
            assertThat(added("team-" + open, new HeldLine())).isEqualTo(OpenStreams.Room.THERE_IS);
        }

        assertThat(added("late", new HeldLine())).isEqualTo(OpenStreams.Room.NONE_HERE);
    }

    @Test
    void aStreamThatIsClosedGivesItsRoomBack() {
        HeldLine line = new HeldLine();
        added("vision", line);
        fill("vision", OpenStreams.MOST_OF_A_TEAM - 1);
        line.close();

        assertThat(added("vision", new HeldLine())).isEqualTo(OpenStreams.Room.THERE_IS);
        assertThat(streams.now()).hasSize(OpenStreams.MOST_OF_A_TEAM);
    }

    private void fill(String team, int count) {
        for (int open = 0; open < count; open++) {
            assertThat(added(team, new HeldLine())).isEqualTo(OpenStreams.Room.THERE_IS);
        }
    }

    private OpenStreams.Room added(String team, HeldLine line) {
        FindingStream stream = new FindingStream(team, UUID.randomUUID(), new Credential.FirstKey(), "", line);
        return streams.add(stream, new FindingStream.News("1", "{}", false), Instant.EPOCH);
    }
}
