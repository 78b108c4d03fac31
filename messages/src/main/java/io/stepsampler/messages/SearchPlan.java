package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which learning rates are considered and when the search ends.
 *
 * @param from lowest rate of the coarse grid
 * @param to highest rate of the coarse grid
 * @param stepDecades distance of the coarse rates, in decades
 * @param thresholdDecades how near each point of interest must be bracketed, in decades
 * @param sweep whether a range test is run as well, for comparison
 * @param repeats how many seeds may be tried at the points of interest, the first one included
 * @param reuse whether outcomes that were measured before are taken over
 */
public record SearchPlan(
        double from,
        double to,
        double stepDecades,
        double thresholdDecades,
        Budget budget,
        Refinement plan,
        Reading reading,
        Boolean sweep,
        Integer repeats,
        Boolean reuse) {

    public SearchPlan {
        sweep = Absent.or(sweep, false);
        repeats = Absent.or(repeats, 1);
        reuse = Absent.or(reuse, true);
    }

    /** With trials of one seed. */
    public SearchPlan(
            double from,
            double to,
            double stepDecades,
            double thresholdDecades,
            Budget budget,
            Refinement plan,
            Reading reading,
            boolean sweep) {
        this(from, to, stepDecades, thresholdDecades, budget, plan, reading, sweep, 1, true);
    }

    /** Whether rates are chosen as in the paper: the whole grid at once, then halves of gaps. Its reading needs both. */
    public boolean followsPaper() {
        return plan == Refinement.PAPER || reading == Reading.PAPER;
    }

    /** {@code probes}: how many trials of every kind the search may ask for. */
    public record Budget(int probes) {}

    /**
     * Which rates are tried: the paper's whole grid and the halves of the gaps beside its five points; or a part of the
     * grid and the places where the points are estimated, without the log-midpoint, which follows from two others.
     */
    public enum Refinement {
        @JsonProperty("adaptive")
        ADAPTIVE,
        @JsonProperty("paper")
        PAPER
    }

    /** What derivatives are taken of: the loss relative to its range, or the raw loss. */
    public enum Reading {
        @JsonProperty("relative")
        RELATIVE,
        @JsonProperty("paper")
        PAPER
    }
}
