package io.stepsampler.analyzer.attempts;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchState;

/**
 * Whether a probe is tried again. A measurement or a divergence is a result, and bad input fails as often as it is
 * tried. A crash, a deadline or too little memory may be the worker's: it counts once the probe has had its attempts,
 * which are counted in trials that began.
 */
public record AttemptLimit(int most) {

    public AttemptLimit {
        if (most < 1) {
            throw new IllegalArgumentException("at most " + most + " attempts; a probe needs at least 1");
        }
    }

    /** Nobody has answered, and nobody will. */
    public Verdict silent(SearchState search, Attempts attempts) {
        if (search.isFinal()) {
            return Verdict.NOTHING;
        }
        if (attempts.starts() >= most) {
            return Verdict.END;
        }
        return attempts.starts() > 0 ? Verdict.AGAIN_ALONE : Verdict.AGAIN;
    }

    /**
     * A trial has ended.
     *
     * @param issue which issue of the probe the trial was of
     */
    public Verdict ended(Outcome outcome, int issue, Attempts attempts) {
        if (!(outcome instanceof Outcome.Failed failed) || failed.code().endsSearch()) {
            return Verdict.END;
        }
        if (issue < attempts.issues()) {
            return Verdict.NOTHING;
        }
        return attempts.starts() >= most ? Verdict.END : Verdict.AGAIN_ALONE;
    }
}
