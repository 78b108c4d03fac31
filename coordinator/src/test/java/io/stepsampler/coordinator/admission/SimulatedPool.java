package io.stepsampler.coordinator.admission;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/** Searches of three rounds, probes in one queue, and workers that take the next whenever a slot is free. */
final class SimulatedPool {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int[] PROBES_OF_ROUNDS = {1, 4, 3};
    private static final double STEP_SECONDS = 0.25;

    private final SplittableRandom random;
    private final Map<String, Double> weights;
    private final Map<UUID, Search> running = new HashMap<>();
    private final Map<String, Deque<Search>> waiting = new HashMap<>();
    private final Deque<Search> queue = new ArrayDeque<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<String, Double> deviceSeconds = new HashMap<>();
    private final List<String> served = new ArrayList<>();
    private final Map<String, Double> ofNext = new HashMap<>();
    private Map<String, Share> shares = new HashMap<>();
    private double virtualTime;
    private int slots;
    private double now;
    private long submitted;
    private int servedBeforeMark;

    SimulatedPool(int slots, long seed, Map<String, Double> weights) {
        this.slots = slots;
        this.random = new SplittableRandom(seed);
        this.weights = Map.copyOf(weights);
    }

    private static final class Search {

        private final Waiting waiting;
        private final double secondsPerProbe;
        private int round;
        private int outstanding;

        private Search(Waiting waiting, double secondsPerProbe) {
            this.waiting = waiting;
            this.secondsPerProbe = secondsPerProbe;
        }
    }

    private record Trial(Search search, double seconds, double endsAt) {}

    void submit(String team, int searches, double secondsPerProbe) {
        for (int count = 0; count < searches; count++) {
            submitted++;
            Waiting search = new Waiting(new UUID(0, submitted), team, START.plusMillis(submitted));
            waiting.computeIfAbsent(team, unseen -> new ArrayDeque<>()).add(new Search(search, secondsPerProbe));
        }
        servedBeforeMark = served.size();
    }

    /** Of the team there is always one search, and never more. */
    void keepOne(String team, double secondsPerProbe) {
        ofNext.put(team, secondsPerProbe);
        submit(team, 1, secondsPerProbe);
    }

    void setSlots(int number) {
        slots = number;
    }

    void runUntil(double seconds) {
        while (now < seconds) {
            step();
        }
    }

    void runUntilFirstProbeOf(String team) {
        while (!served.subList(servedBeforeMark, served.size()).contains(team)) {
            step();
        }
    }

    int probesServedBeforeFirstOf(String team) {
        return served.subList(servedBeforeMark, served.size()).indexOf(team);
    }

    double deviceSeconds(String team) {
        return deviceSeconds.getOrDefault(team, 0.0);
    }

    int publishedProbes() {
        return queue.size();
    }

    List<Waiting> waiting() {
        return waiting.values().stream()
                .flatMap(Collection::stream)
                .map(search -> search.waiting)
                .toList();
    }

    private void step() {
        now += STEP_SECONDS;
        for (Trial trial : List.copyOf(trials)) {
            if (trial.endsAt() <= now) {
                trials.remove(trial);
                end(trial);
            }
        }
        admit();
        while (trials.size() < slots && !queue.isEmpty()) {
            Search search = queue.remove();
            served.add(search.waiting.team());
            double seconds = search.secondsPerProbe * (0.5 + random.nextDouble());
            trials.add(new Trial(search, seconds, now + seconds));
        }
    }

    private void end(Trial trial) {
        Search search = trial.search();
        String team = search.waiting.team();
        deviceSeconds.merge(team, trial.seconds(), Double::sum);
        Share share = Objects.requireNonNull(shares.get(team));
        shares.put(team, new Share(share.used() + trial.seconds() / share.weight(), share.weight(), share.active()));
        search.outstanding--;
        if (search.outstanding == 0) {
            search.round++;
            if (search.round == PROBES_OF_ROUNDS.length) {
                running.remove(search.waiting.searchId());
                Optional.ofNullable(ofNext.get(team)).ifPresent(seconds -> submit(team, 1, seconds));
            } else {
                publish(search);
            }
        }
    }

    private void admit() {
        while (true) {
            Set<String> busy = new HashSet<>();
            running.values().forEach(search -> busy.add(search.waiting.team()));
            Map<String, Search> oldest = new HashMap<>();
            waiting.forEach((team, searches) ->
                    Optional.ofNullable(searches.peek()).ifPresent(search -> oldest.put(team, search)));
            busy.addAll(oldest.keySet());
            shares = Share.awake(
                    shares, busy.stream().collect(Collectors.toMap(team -> team, this::weight)), virtualTime);
            PoolLoad load = new PoolLoad(
                    slots,
                    running.values().stream()
                            .map(search -> new PoolLoad.Running(search.waiting.team(), search.outstanding))
                            .toList(),
                    shares,
                    1);
            Optional<Waiting> next = Admission.next(
                    oldest.values().stream().map(search -> search.waiting).toList(), load);
            if (next.isEmpty()) {
                return;
            }
            Search search = Objects.requireNonNull(oldest.get(next.get().team()));
            virtualTime = load.shareOf(search.waiting.team()).virtualTimeAfter(virtualTime);
            Objects.requireNonNull(waiting.get(search.waiting.team())).remove();
            running.put(search.waiting.searchId(), search);
            publish(search);
        }
    }

    private double weight(String team) {
        return Objects.requireNonNull(weights.get(team));
    }

    private void publish(Search search) {
        search.outstanding = PROBES_OF_ROUNDS[search.round];
        for (int probe = 0; probe < search.outstanding; probe++) {
            queue.add(search);
        }
    }
}
