package io.stepsampler.coordinator.http;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The streams that are open: no more than this replica and each team may have. */
final class OpenStreams {

    static final int MOST = 1_000;
    static final int MOST_OF_A_TEAM = 50;

    private final Set<FindingStream> open = new HashSet<>();

    /** Whether there is room for one more. */
    enum Room {
        THERE_IS,
        NONE_FOR_THE_TEAM,
        NONE_HERE
    }

    /** Adds the stream if there is room, and tells it the first news before others are there that are newer. */
    synchronized Room add(FindingStream stream, FindingStream.News first, Instant now) {
        open.removeIf(FindingStream::isClosed);
        if (open.size() >= MOST) {
            return Room.NONE_HERE;
        }
        long ofTeam = open.stream()
                .filter(other -> other.team().equals(stream.team()))
                .count();
        if (ofTeam >= MOST_OF_A_TEAM) {
            return Room.NONE_FOR_THE_TEAM;
        }
        open.add(stream);
        stream.tell(first, now);
        return Room.THERE_IS;
    }

    synchronized List<FindingStream> now() {
        open.removeIf(FindingStream::isClosed);
        return List.copyOf(open);
    }
}
