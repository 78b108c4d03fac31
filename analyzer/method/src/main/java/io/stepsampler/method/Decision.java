package io.stepsampler.method;

import java.util.List;

/** What the search does next. */
public sealed interface Decision {

    /** What is known by now; that of a search which goes on recommends nothing yet. */
    Answer answer();

    /** Publish these probes, together, as one round. */
    record Ask(int round, List<PlannedProbe> probes, Answer answer) implements Decision {

        public Ask {
            probes = List.copyOf(probes);
            if (probes.isEmpty()) {
                throw new IllegalArgumentException("round " + round + " has no probes");
            }
        }
    }

    /** The round is not complete: decide again when a further outcome is in. */
    record Wait(Answer answer) implements Decision {}

    /** The search is over. */
    record Finish(Answer answer) implements Decision {

        public Finish {
            if (!answer.state().isFinal()) {
                throw new IllegalArgumentException("state " + answer.state() + " does not finish a search");
            }
        }
    }
}
