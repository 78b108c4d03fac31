package io.stepsampler.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * What teams get of the whole service while all of them want it, against their weights; and how long a team waits for
 * its first trial after another one has submitted 200 searches, counted in trials that began in between.
 */
final class TeamShares {

    private static final Map<String, Integer> WEIGHTS = new TreeMap<>(Map.of("one", 1, "two", 2, "four", 4));
    private static final int SEARCHES_BEFORE = 200;
    private static final int SEARCHES_WAITING = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RunningStack stack;
    private final ReplaySearch replay;
    private final double trialSeconds;
    private final Map<String, String> keys = new HashMap<>();
    private long seed;

    private TeamShares(RunningStack stack, ReplaySearch replay, double trialSeconds) {
        this.stack = stack;
        this.replay = replay;
        this.trialSeconds = trialSeconds;
    }

    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        double trialSeconds = Double.parseDouble(arguments[1]);
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Path folder = Files.createTempDirectory("stepsampler-bench");
        try (RunningStack stack = RunningStack.start(folder, workers, 1)) {
            TeamShares bench = new TeamShares(stack, ReplaySearch.in(folder), trialSeconds);
            bench.lateTeam();
            bench.shares(length);
        }
    }

    /** The first team goes on with what it has submitted while the second one's first trial is waited for. */
    private void lateTeam() throws Exception {
        declare("first", 1);
        declare("second", 1);
        try (KafkaConsumer<String, byte[]> trials = stack.reader("trials")) {
            for (int search = 0; search < SEARCHES_BEFORE; search++) {
                submit("first");
            }
            int published = outstanding("first");
            Instant submitted = Instant.now();
            UUID late = UUID.fromString(submit("second"));
            int between = 0;
            Instant end = submitted.plus(PATIENCE);
            while (Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, byte[]> record : trials.poll(Duration.ofMillis(100))) {
                    if (read(record) instanceof TrialEvent.Started started
                            && started.at().isAfter(submitted)) {
                        if (started.searchId().equals(late)) {
                            System.out.printf(
                                    Locale.ROOT,
                                    "%d searches of another team before it: the first trial began after %.2f s and %d"
                                            + " trials of the other team, of which %d probes were known to be out%n",
                                    SEARCHES_BEFORE,
                                    Duration.between(submitted, started.at()).toMillis() / 1e3,
                                    between,
                                    published);
                            return;
                        }
                        between++;
                    }
                }
            }
            throw new IllegalStateException("the second team's first trial did not begin");
        }
    }

    private int outstanding(String team) throws IOException, InterruptedException {
        return stack.call(stack.apiKey(), "GET", "/api/v1/teams/" + team, "")
                .path("load")
                .path("probesOutstanding")
                .asInt();
    }

    private void shares(Duration length) throws Exception {
        for (Map.Entry<String, Integer> team : WEIGHTS.entrySet()) {
            declare(team.getKey(), team.getValue());
        }
        keepBusy(WARM_UP);
        Map<String, Double> before = used();
        keepBusy(length);
        Map<String, Double> after = used();
        double all = 0;
        for (String team : WEIGHTS.keySet()) {
            all += after.getOrDefault(team, 0.0) - before.getOrDefault(team, 0.0);
        }
        int weights = WEIGHTS.values().stream().mapToInt(Integer::intValue).sum();
        for (Map.Entry<String, Integer> team : WEIGHTS.entrySet()) {
            double seconds = after.getOrDefault(team.getKey(), 0.0) - before.getOrDefault(team.getKey(), 0.0);
            double fair = all * team.getValue() / weights;
            System.out.printf(
                    Locale.ROOT,
                    "team %-5s weight %d: %.1f device-seconds, %.0f %% of its share%n",
                    team.getKey(),
                    team.getValue(),
                    seconds,
                    100 * seconds / fair);
        }
    }

    private void keepBusy(Duration length) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(length);
        while (Instant.now().isBefore(end)) {
            for (String team : WEIGHTS.keySet()) {
                int waiting = stack.call(stack.apiKey(), "GET", "/api/v1/teams/" + team, "")
                        .path("load")
                        .path("searchesQueued")
                        .asInt();
                for (int search = waiting; search < SEARCHES_WAITING; search++) {
                    submit(team);
                }
            }
            Thread.sleep(100);
        }
    }

    private Map<String, Double> used() throws IOException, InterruptedException {
        Map<String, Double> used = new HashMap<>();
        for (String team : WEIGHTS.keySet()) {
            double seconds = 0;
            for (JsonNode month : stack.call(stack.apiKey(), "GET", "/api/v1/teams/" + team + "/usage", "")
                    .path("usage")) {
                seconds += month.path("deviceSeconds").asDouble();
            }
            used.put(team, seconds);
        }
        return used;
    }

    private void declare(String team, int weight) throws IOException, InterruptedException {
        keys.put(team, stack.newTeam(team, "weight: " + weight));
    }

    private String submit(String team) throws IOException, InterruptedException {
        seed++;
        return stack.submit(keys.getOrDefault(team, ""), "search-" + seed, replay.file(trialSeconds, seed));
    }

    private static TrialEvent read(ConsumerRecord<String, byte[]> record) throws UnreadableMessage {
        return MessageJson.read(record.value(), TrialEvent.class);
    }
}
