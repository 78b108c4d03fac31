package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All trials of a search, in an order that does not depend on when their outcomes arrived. */
record History(List<Trial> trials) {

    private static final Comparator<Trial> BY_RATE = Comparator.comparingDouble(
                    (Trial trial) -> trial.probe().learningRate())
            .thenComparingInt(trial -> trial.probe().round());

    History {
        trials = trials.stream().sorted(BY_RATE).toList();
    }

    boolean isWaiting() {
        return trials.stream().anyMatch(Trial::isPending);
    }

    boolean has(Purpose purpose) {
        return trials.stream().anyMatch(trial -> trial.serves(purpose));
    }

    int nextRound() {
        return trials.stream()
                .mapToInt(trial -> trial.probe().round() + 1)
                .max()
                .orElse(0);
    }

    /** Absent until there is a measured baseline. */
    Optional<Curve> curve() {
        return curve(Integer.MAX_VALUE);
    }

    /**
     * A rate at which any seed diverged has no loss; one at which a trial failed has that of its other seeds.
     *
     * @param lastRound whose probes count
     */
    Optional<Curve> curve(int lastRound) {
        int steps = steps();
        List<CurveRow> rows = new ArrayList<>();
        Set<LearningRate> gaps = new TreeSet<>();
        Set<LearningRate> failed = new TreeSet<>();
        for (Trial trial : trials) {
            PlannedProbe probe = trial.probe();
            boolean counts = probe.round() <= lastRound && (trial.isOnCurve() || trial.serves(Purpose.BASELINE));
            boolean asLong = probe.steps() == steps || trial.serves(Purpose.BASELINE);
            if (counts && asLong && trial.outcome() instanceof Outcome.Measured measured) {
                rows.add(new CurveRow(probe.rate(), measured.loss(), probe.seed(), steps));
            } else if (counts && trial.outcome() instanceof Outcome.Diverged) {
                gaps.add(probe.rate());
            } else if (counts && asLong && trial.outcome() instanceof Outcome.Failed) {
                failed.add(probe.rate());
            }
        }
        rows.removeIf(row -> !row.rate().isBaseline() && gaps.contains(row.rate()));
        rows.forEach(row -> failed.remove(row.rate()));
        gaps.addAll(failed);
        gaps.remove(LearningRate.BASELINE);
        Map<LearningRate, SeedPairs.Merged> merged = SeedPairs.merge(rows);
        return Optional.ofNullable(merged.remove(LearningRate.BASELINE))
                .map(baseline -> new Curve(
                        Objects.requireNonNull(baseline.loss()),
                        merged.entrySet().stream()
                                .map(entry -> sample(entry.getKey(), entry.getValue()))
                                .toList(),
                        List.copyOf(gaps)));
    }

    private static Sample sample(LearningRate rate, SeedPairs.Merged merged) {
        return new Sample(rate, Objects.requireNonNull(merged.loss()), merged.trials());
    }

    /** Of each trial of the curve: the most that its grid was trained for. */
    int steps() {
        return trials.stream()
                .filter(trial -> trial.serves(Purpose.GRID) || trial.serves(Purpose.BASELINE))
                .mapToInt(trial -> trial.probe().steps())
                .max()
                .orElse(0);
    }

    long trainingSteps() {
        return trials.stream().mapToLong(trial -> trial.probe().steps()).sum();
    }

    /** The first round of the grid whose trials have as many steps as the curve. */
    int firstRound() {
        int steps = steps();
        return trials.stream()
                .filter(trial -> trial.serves(Purpose.GRID) && trial.probe().steps() == steps)
                .mapToInt(trial -> trial.probe().round())
                .min()
                .orElse(1);
    }

    /** How the trials that went on for so many steps ended. */
    Map<LearningRate, Outcome> lengthened(int steps) {
        Map<LearningRate, Outcome> outcomes = new HashMap<>();
        for (Trial trial : trials) {
            Outcome outcome = trial.outcome();
            if (trial.serves(Purpose.LENGTHENED) && trial.probe().steps() == steps && outcome != null) {
                outcomes.put(trial.probe().rate(), outcome);
            }
        }
        return outcomes;
    }

    Optional<Double> baselineLoss() {
        return trials.stream()
                .filter(trial -> trial.serves(Purpose.BASELINE))
                .flatMap(trial -> trial.outcome() instanceof Outcome.Measured measured
                        ? Stream.of(measured.loss())
                        : Stream.empty())
                .findFirst();
    }

    /** How each rate but the baseline ended; a confirmation only where the curve has no trial. */
    Map<LearningRate, Outcome> outcomes() {
        Map<LearningRate, Outcome> outcomes = new HashMap<>();
        int steps = steps();
        for (Trial trial : trials) {
            Outcome outcome = trial.outcome();
            boolean counts = trial.isOnCurve() || trial.serves(Purpose.CONFIRMATION);
            if (counts && trial.probe().steps() == steps && outcome != null) {
                outcomes.putIfAbsent(trial.probe().rate(), outcome);
            }
        }
        return outcomes;
    }

    /** Trials as long as the curve's that failed without ending the search and leave their rate without a loss, by rate. */
    List<Trial> missing() {
        int steps = steps();
        return trials.stream()
                .filter(trial -> trial.isOnCurve() && !trial.serves(Purpose.REPEAT))
                .filter(trial -> trial.probe().steps() == steps)
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .toList();
    }

    /** The seeds of the curve's trials, in the order in which they were first asked for. */
    List<Long> seeds() {
        return trials.stream()
                .filter(trial -> trial.serves(Purpose.BASELINE))
                .sorted(Comparator.comparingInt(trial -> trial.probe().round()))
                .map(trial -> trial.probe().seed())
                .distinct()
                .toList();
    }

    /** Whether every trial that was repeated with another seed gave the same loss to the last bit. */
    boolean hasNoVariation() {
        Map<LearningRate, Set<Double>> losses = new HashMap<>();
        for (Trial trial : trials) {
            if ((trial.isOnCurve() || trial.serves(Purpose.BASELINE))
                    && trial.outcome() instanceof Outcome.Measured measured) {
                losses.computeIfAbsent(trial.probe().rate(), rate -> new HashSet<>())
                        .add(measured.loss());
            }
        }
        return seeds().size() > 1 && losses.values().stream().allMatch(ofRate -> ofRate.size() == 1);
    }

    List<Point> points() {
        return trials.stream().flatMap(History::point).toList();
    }

    private static Stream<Point> point(Trial trial) {
        Outcome outcome = trial.outcome();
        PlannedProbe probe = trial.probe();
        if (outcome == null || trial.serves(Purpose.SWEEP)) {
            return Stream.empty();
        }
        Double loss = outcome instanceof Outcome.Measured measured ? measured.loss() : null;
        Integer step = outcome instanceof Outcome.Diverged diverged ? diverged.step() : null;
        Status status = loss != null ? Status.MEASURED : step != null ? Status.DIVERGED : Status.FAILED;
        return Stream.of(new Point(
                probe.learningRate(),
                loss,
                status,
                probe.round(),
                probe.seed(),
                probe.steps(),
                step,
                Finding.Purpose.valueOf(probe.purpose().name()),
                trial.reused() ? true : null));
    }
}
