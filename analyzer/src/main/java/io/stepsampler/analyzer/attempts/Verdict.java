package io.stepsampler.analyzer.attempts;

/** What becomes of a probe. */
public enum Verdict {
    /** It is sent again. */
    AGAIN,

    /** It is sent again, to be run in a process of its own: a trial of it ended badly. */
    AGAIN_ALONE,

    /** It ends: with the outcome that is in, or as a failed point where none is. */
    END,

    /** Nothing: another trial speaks for it, or the search is over. */
    NOTHING
}
