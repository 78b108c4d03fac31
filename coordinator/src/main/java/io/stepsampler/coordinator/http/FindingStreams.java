package io.stepsampler.coordinator.http;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.security.Credentials;
import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.json.MessageJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Every open stream of findings. One look a second tells which searches have changed, whichever replica changed them. */
@ApplicationScoped
class FindingStreams {

    private final Searches searches;
    private final Credentials credentials;
    private final OpenStreams streams = new OpenStreams();

    FindingStreams(Searches searches, Credentials credentials) {
        this.searches = searches;
        this.credentials = credentials;
    }

    /** Tells the finding as it is known, and what follows, if there is room. */
    OpenStreams.Room open(FindingStream stream, StoredSearch known) {
        return streams.add(stream, news(known), Instant.now());
    }

    /** Each search that has changed is read and written out once, however many follow it. */
    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tellWhatIsNew() {
        List<FindingStream> open = streams.now();
        if (open.isEmpty()) {
            return;
        }
        Map<UUID, SearchStore.Version> versions = searches.versions(
                open.stream().map(FindingStream::searchId).distinct().toList());
        List<FindingStream> behind = open.stream()
                .filter(stream -> stream.awaits(versions.get(stream.searchId())))
                .toList();
        if (!behind.isEmpty()) {
            tell(behind);
        }
    }

    private void tell(List<FindingStream> behind) {
        Map<UUID, String> teams = new HashMap<>();
        behind.forEach(stream -> teams.put(stream.searchId(), stream.team()));
        Map<UUID, FindingStream.News> news = searches.find(teams).stream()
                .collect(Collectors.toMap(stored -> stored.search().searchId(), FindingStreams::news));
        Instant now = Instant.now();
        for (FindingStream stream : behind) {
            FindingStream.News newest = news.get(stream.searchId());
            if (newest != null) {
                stream.tell(newest, now);
            }
        }
    }

    @Scheduled(every = "15s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void keepOpen() {
        Instant now = Instant.now();
        streams.now().forEach(stream -> stream.keepOpen(now));
    }

    /** A stream lasts no longer than what opened it. */
    @Scheduled(
            every = "15s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void endWhatIsNoLongerAllowed() {
        List<FindingStream> open = streams.now();
        if (open.isEmpty()) {
            return;
        }
        Set<Credential> holding =
                credentials.holding(open.stream().map(FindingStream::credential).collect(Collectors.toSet()));
        open.stream().filter(stream -> !holding.contains(stream.credential())).forEach(FindingStream::end);
    }

    private static FindingStream.News news(StoredSearch stored) {
        return new FindingStream.News(
                stored.version().toString(),
                new String(MessageJson.write(stored.finding()), StandardCharsets.UTF_8),
                stored.search().state().isFinal());
    }
}
