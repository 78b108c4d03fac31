package io.stepsampler.bench;

import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How many outcomes a second the whole service stores, and how long after a worker has published an outcome the curve
 * with it is stored and sent on: the packaged stack on this machine, with trials that replay a curve and take no time of
 * their own. Searches come in a burst, then at a pace, each request twice with the same idempotency key.
 */
final class ServiceThroughput {

    private static final int CALLERS = 8;

    /** So many times what is measured runs before it: until then the compilers take much of the time. */
    private static final int WARM_UP = 2;

    private final RunningStack stack;
    private final ReplaySearch replay;
    private final Map<UUID, List<Long>> outcomes = new HashMap<>();
    private final Map<UUID, TreeMap<Integer, Long>> curves = new HashMap<>();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();

    private long lastSeed;

    private ServiceThroughput(RunningStack stack, ReplaySearch replay) {
        this.stack = stack;
        this.replay = replay;
    }

    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        int slots = Integer.parseInt(arguments[1]);
        int searches = Integer.parseInt(arguments[2]);
        double outcomesPerSecond = Double.parseDouble(arguments[3]);
        Path folder = Files.createTempDirectory("stepsampler-bench");
        try (RunningStack stack = RunningStack.start(folder, workers, slots)) {
            ServiceThroughput bench = new ServiceThroughput(stack, ReplaySearch.in(folder));
            System.out.println("warm-up");
            double outcomesPerSearch = bench.run(WARM_UP * searches, Double.POSITIVE_INFINITY);
            double searchesPerSecond = outcomesPerSecond / outcomesPerSearch;
            System.out.printf(Locale.ROOT, "warm-up at %.0f outcomes a second%n", outcomesPerSecond);
            bench.run(searches, searchesPerSecond);
            System.out.printf(Locale.ROOT, "%.0f outcomes a second%n", outcomesPerSecond);
            bench.run(searches, searchesPerSecond);
            System.out.println("as many as it can");
            bench.run(searches, Double.POSITIVE_INFINITY);
        }
    }

    /** @return outcomes of each search */
    private double run(int searches, double searchesPerSecond) throws Exception {
        outcomes.clear();
        curves.clear();
        ended.clear();
        Set<String> ids = submit(searches, searchesPerSecond);
        report(ids.size());
        return outcomes.values().stream().mapToInt(List::size).sum() / (double) ids.size();
    }

    private Set<String> submit(int searches, double searchesPerSecond) throws Exception {
        try (KafkaConsumer<String, byte[]> consumer = stack.reader("trials", "curves")) {
            ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);
            List<Future<String>> answers = new ArrayList<>();
            long begin = System.nanoTime();
            for (int number = 0; number < searches; number++) {
                long seed = ++lastSeed;
                long delay = (long) (number * 1e9 / searchesPerSecond);
                for (int again = 0; again < 2; again++) {
                    answers.add(callers.schedule(
                            () -> stack.submit("bench-" + seed, replay.file(0, seed)), delay, TimeUnit.NANOSECONDS));
                }
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

    private void take(KafkaConsumer<String, byte[]> consumer) throws IOException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().equals("curves")) {
                Curve curve = MessageJson.mapper().readValue(record.value(), Curve.class);
                curves.computeIfAbsent(curve.searchId(), unknown -> new TreeMap<>())
                        .putIfAbsent(curve.finding().progress().done(), record.timestamp());
                if (curve.finding().state().isFinal()) {
                    ended.add(curve.searchId());
                }
                continue;
            }
            Event event = MessageJson.mapper().readValue(record.value(), Event.class);
            if (event.event().equals("finished")) {
                outcomes.computeIfAbsent(event.searchId(), unknown -> new ArrayList<>())
                        .add(record.timestamp());
            }
        }
    }

    /** Of a trial event no more than is counted here: reading it whole would take from the two cores that are measured. */
    private record Event(String event, UUID searchId) {}

    /** Of a curve, likewise. */
    private record Curve(UUID searchId, Answer finding) {

        private record Answer(SearchState state, Progress progress) {}

        private record Progress(int done) {}
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
