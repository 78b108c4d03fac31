package io.stepsampler.bench;

import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How many outcomes a second the whole service stores, and how long after a worker has published an outcome the curve
 * with it is stored: the packaged stack on this machine, with trials that replay a curve and take no time of their own.
 * Searches come in a burst, each request twice with the same idempotency key.
 */
final class ServiceThroughput {

    private static final int CALLERS = 8;

    private final RunningStack stack;
    private final Map<UUID, List<Long>> outcomes = new HashMap<>();
    private final Map<UUID, TreeMap<Integer, Long>> curves = new HashMap<>();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();

    private ServiceThroughput(RunningStack stack) {
        this.stack = stack;
    }

    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        int searches = Integer.parseInt(arguments[1]);
        double trialSeconds = Double.parseDouble(arguments[2]);
        Path folder = Files.createTempDirectory("stepsampler-bench");
        try (RunningStack stack = RunningStack.start(folder, workers)) {
            ServiceThroughput bench = new ServiceThroughput(stack);
            bench.submit(folder, Math.max(20, searches / 10), trialSeconds, 0);
            bench.clear();
            Set<String> ids = bench.submit(folder, searches, trialSeconds, 1);
            bench.report(ids.size());
        }
    }

    private void clear() {
        outcomes.clear();
        curves.clear();
        ended.clear();
    }

    private Set<String> submit(Path folder, int searches, double trialSeconds, int turn) throws Exception {
        ReplaySearch replay = ReplaySearch.in(folder);
        try (KafkaConsumer<String, byte[]> consumer = stack.reader("trials", "curves")) {
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<String>> answers = new ArrayList<>();
            long begin = System.nanoTime();
            for (int request = 0; request < 2 * searches; request++) {
                int number = request / 2;
                answers.add(callers.submit(() -> stack.submit(
                        "bench-" + turn + "-" + number, replay.file(trialSeconds, turn * 1_000_000L + number))));
            }
            while (ended.size() < searches) {
                take(consumer);
            }
            Set<String> ids = ConcurrentHashMap.newKeySet();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }
            callers.shutdown();
            System.out.printf(
                    Locale.ROOT,
                    "%d requests with %d keys made %d searches, of which %d ended within %.1f s%n",
                    answers.size(),
                    searches,
                    ids.size(),
                    ended.size(),
                    (System.nanoTime() - begin) / 1e9);
            return ids;
        }
    }

    private void take(KafkaConsumer<String, byte[]> consumer) throws UnreadableMessage {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().equals("curves")) {
                CurveUpdate update = MessageJson.read(record.value(), CurveUpdate.class);
                Finding.Progress progress =
                        Objects.requireNonNull(update.finding().progress());
                curves.computeIfAbsent(update.searchId(), unknown -> new TreeMap<>())
                        .putIfAbsent(progress.done(), record.timestamp());
                if (update.finding().state().isFinal()) {
                    ended.add(update.searchId());
                }
            } else if (MessageJson.read(record.value(), TrialEvent.class) instanceof TrialEvent.Finished finished) {
                outcomes.computeIfAbsent(finished.searchId(), unknown -> new ArrayList<>())
                        .add(record.timestamp());
            }
        }
    }

    private void report(int searches) {
        List<Double> millis = new ArrayList<>();
        List<Long> stored = new ArrayList<>();
        outcomes.forEach((searchId, published) -> {
            TreeMap<Integer, Long> known = curves.getOrDefault(searchId, new TreeMap<>());
            for (int number = 1; number <= published.size(); number++) {
                Map.Entry<Integer, Long> first = known.ceilingEntry(number);
                if (first != null) {
                    stored.add(first.getValue());
                    millis.add((double) (first.getValue() - published.get(number - 1)));
                }
            }
        });
        List<Long> inOrder = stored.stream().sorted().toList();
        int from = inOrder.size() / 5;
        int to = inOrder.size() * 4 / 5;
        double perSecond = 1000.0 * (to - from) / (inOrder.get(to) - inOrder.get(from));
        Percentiles latency = Percentiles.of(millis);
        System.out.printf(
                Locale.ROOT,
                "%d searches, %d outcomes: %.0f stored a second;"
                        + " from published to stored in the median %.0f ms, 99 %% %.0f ms, largest %.0f ms%n",
                searches,
                inOrder.size(),
                perSecond,
                latency.at(0.5),
                latency.at(0.99),
                latency.at(1));
    }
}
