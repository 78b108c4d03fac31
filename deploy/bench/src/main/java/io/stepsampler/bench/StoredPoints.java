package io.stepsampler.bench;

import io.stepsampler.analyzer.rounds.ProbeIssues;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.embedded.EmbeddedDatabase;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * How long the analyzer takes for one outcome, but for the commit, with more and more points of other searches stored:
 * it stores the outcome, reads the search's probes, decides, and stores the curve that it publishes.
 */
final class StoredPoints {

    private static final int STEPS = 20;
    private static final int POINTS_OF_A_SEARCH = 64;
    private static final List<Integer> STORED = List.of(0, 10_000, 100_000);
    private static final int WARM_UP = 300;
    private static final int MEASURED = 300;

    private final Handle database;
    private final Rounds rounds =
            new Rounds(new TopicNames(""), new ProbeIssues(new TopicNames(""), Duration.ofDays(30)));

    private StoredPoints(Handle database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("stepsampler-bench");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder, 0)) {
            String url = server.jdbcUrl("analyzer");
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("db/delivery", "db/migration")
                    .load()
                    .migrate();
            try (Handle database = Jdbi.create(url).open()) {
                new StoredPoints(database).run();
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    private void run() {
        Search measured = search();
        TrialEvent.Finished last = store(measured, true);
        int stored = 0;
        System.out.printf("%10s %10s %10s %10s%n", "stored", "ms", "ms, 95 %", "ratio");
        double first = 0;
        for (int points : STORED) {
            while (stored < points) {
                store(search(), false);
                stored += POINTS_OF_A_SEARCH;
            }
            database.execute("analyze");
            Percentiles millis = millis(measured, last);
            first = first == 0 ? millis.at(0.5) : first;
            System.out.printf(
                    Locale.ROOT,
                    "%10d %10.2f %10.2f %10.2f%n",
                    points,
                    millis.at(0.5),
                    millis.at(0.95),
                    millis.at(0.5) / first);
        }
    }

    private Percentiles millis(Search search, TrialEvent.Finished last) {
        List<Double> millis = new ArrayList<>();
        for (int run = 0; run < WARM_UP + MEASURED; run++) {
            database.begin();
            long begin = System.nanoTime();
            HeldSearches held = new RememberedSearches().hold(database, List.of(search.searchId()));
            HeldSearch known = held.find(search.searchId()).orElseThrow();
            known.ended(last);
            rounds.settle(database, held);
            double took = (System.nanoTime() - begin) / 1e6;
            database.rollback();
            if (run >= WARM_UP) {
                millis.add(took);
            }
        }
        return Percentiles.of(millis);
    }

    /** Stores a search with all of its points, but for the last outcome if it is to come. */
    private TrialEvent.Finished store(Search search, boolean lastIsToCome) {
        SyntheticCurve curve = SyntheticCurve.of(0);
        TrialEvent.Finished last = null;
        database.begin();
        SearchStore.insert(database, search);
        HeldSearches held = new RememberedSearches().hold(database, List.of(search.searchId()));
        HeldSearch known = held.find(search.searchId()).orElseThrow();
        for (int index = 0; index <= POINTS_OF_A_SEARCH; index++) {
            double rate = index == 0 ? 0 : StrictMath.pow(10, -6.5 + 6.0 * index / POINTS_OF_A_SEARCH);
            PlannedProbe probe =
                    new PlannedProbe(Math.min(1, index), index == 0 ? Purpose.BASELINE : Purpose.GRID, rate, 1, STEPS);
            known.plan(probe);
            last = finished(search, probe, curve.train(rate, 1, 0.01, 0));
            if (index < POINTS_OF_A_SEARCH || !lastIsToCome) {
                known.ended(last);
            }
        }
        held.write();
        database.commit();
        if (last == null) {
            throw new IllegalStateException("a search without a probe");
        }
        return last;
    }

    private static TrialEvent.Finished finished(Search search, PlannedProbe probe, Outcome outcome) {
        Outcome withSteps = outcome instanceof Outcome.Measured measured
                ? new Outcome.Measured(measured.loss(), Collections.nCopies(STEPS, measured.loss()))
                : outcome;
        UUID probeId = ProbeIdentity.of(
                search.searchId(), probe.kind(search.specification().search()), probe.seed(), probe.steps());
        return new TrialEvent.Finished(
                probeId,
                search.searchId(),
                1,
                "worker",
                Instant.EPOCH,
                withSteps,
                new TrialEvent.Cost(STEPS, 1),
                new TrialEvent.Conditions("cpu", 1, Map.of(), "", "", "", List.of()));
    }

    private static Search search() {
        SearchSpecification specification = new SearchSpecification(
                "stored",
                new Model.Replay(new Checkpoint.Stored("/no/file"), new Model.Replay.Options(0)),
                null,
                Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0, 0, 0, false), 16, STEPS, 1),
                SimulatedSearch.PLAN,
                "default");
        return new Search(UUID.randomUUID(), "local", 1, SearchState.RUNNING, specification);
    }
}
