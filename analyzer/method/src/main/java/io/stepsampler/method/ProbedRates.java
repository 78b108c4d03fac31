package io.stepsampler.method;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rates that were probed, and those that are to be: none next to another. */
final class ProbedRates {

    /** Nearer rates, in thresholds, tell nothing new. */
    private static final double NEAR = 0.25;

    private final double thresholdDecades;
    private final NavigableSet<LearningRate> all;
    private final List<LearningRate> wanted = new ArrayList<>();

    ProbedRates(Refinement refinement) {
        this.thresholdDecades = refinement.plan().thresholdDecades();
        this.all = new TreeSet<>(refinement.curve().probedRates());
    }

    /** In the order in which they were taken. */
    List<LearningRate> wanted() {
        return List.copyOf(wanted);
    }

    /** Its neighbours among all of them. */
    Bracket bracket(LearningRate rate) {
        return new Bracket(rate, all.lower(rate), all.higher(rate));
    }

    /** Whether the rate is to be probed: it is not where another one is so near that it would tell nothing new. */
    boolean take(LearningRate rate) {
        boolean isNew = Stream.of(Optional.ofNullable(all.floor(rate)), Optional.ofNullable(all.ceiling(rate)))
                .flatMap(Optional::stream)
                .allMatch(other -> rate.decadesTo(other) > NEAR * thresholdDecades);
        if (isNew) {
            all.add(rate);
            wanted.add(rate);
        }
        return isNew;
    }
}
