package io.stepsampler.coordinator.http;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.json.MessageJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every open stream of findings. One look a second tells which searches have changed, whichever replica changed them. */
@ApplicationScoped
class FindingStreams {

    private final Searches searches;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    FindingStreams(Searches searches) {
        this.searches = searches;
    }

    /** {@code sent}: the version of the finding that the reader has. */
    private static final class Stream {

        private final String team;
        private final UUID searchId;
        private final SseEventSink sink;
        private final Sse sse;
        private String sent;

        private Stream(String team, UUID searchId, SseEventSink sink, Sse sse, String sent) {
            this.team = team;
            this.searchId = searchId;
            this.sink = sink;
            this.sse = sse;
            this.sent = sent;
        }
    }

    /** @param lastEvent the id of the last event that the reader has, if it has one */
    void open(String team, UUID searchId, @Nullable String lastEvent, SseEventSink sink, Sse sse) {
        Stream stream = new Stream(team, searchId, sink, sse, lastEvent == null ? "" : lastEvent);
        tell(stream);
        if (!sink.isClosed()) {
            open.add(stream);
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tellWhatIsNew() {
        open.removeIf(stream -> stream.sink.isClosed());
        List<UUID> followed =
                open.stream().map(stream -> stream.searchId).distinct().toList();
        if (followed.isEmpty()) {
            return;
        }
        Map<UUID, String> versions = searches.versions(followed).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
        open.stream()
                .filter(stream -> !stream.sent.equals(versions.get(stream.searchId)))
                .forEach(this::tell);
    }

    /** A connection on which nothing is sent is closed by what stands between. */
    @Scheduled(every = "15s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void keepOpen() {
        open.forEach(stream ->
                send(stream, stream.sse.newEventBuilder().comment("still here").build()));
    }

    /** The finding, unless the reader has it; after the last one the stream ends. */
    private void tell(Stream stream) {
        StoredSearch stored = searches.find(stream.team, stream.searchId).orElseThrow();
        String version = stored.version().toString();
        boolean isNew = !version.equals(stream.sent);
        stream.sent = version;
        CompletionStage<?> told =
                isNew ? send(stream, event(stream.sse, stored, version)) : CompletableFuture.completedStage(null);
        if (stored.search().state().isFinal()) {
            told.whenComplete((sent, gone) -> stream.sink.close());
        }
    }

    private CompletionStage<?> send(Stream stream, OutboundSseEvent event) {
        try {
            return stream.sink.send(event).exceptionally(gone -> {
                forget(stream);
                return null;
            });
        } catch (IllegalStateException closed) {
            forget(stream);
            return CompletableFuture.completedStage(null);
        }
    }

    private void forget(Stream stream) {
        open.remove(stream);
        stream.sink.close();
    }

    private static OutboundSseEvent event(Sse sse, StoredSearch stored, String version) {
        return sse.newEventBuilder()
                .name("finding")
                .id(version)
                .data(new String(MessageJson.write(stored.finding()), StandardCharsets.UTF_8))
                .build();
    }
}
