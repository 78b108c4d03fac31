package io.stepsampler.method;

import java.util.List;
import java.util.function.Supplier;

/** What the search does next. */
public sealed interface Decision {

    /** What is known by now, worked out when asked; that of a search which goes on recommends nothing yet. */
    Answer answer();

    /** Publish these probes, together, as one round. */
    record Ask(int round, List<PlannedProbe> probes, Supplier<Answer> soFar) implements Decision {

        public Ask {
            probes = List.copyOf(probes);
            if (probes.isEmpty()) {
                throw new IllegalArgumentException("round " + round + " has no probes");
            }
        }

        @Override
        public Answer answer() {
            return soFar.get();
        }
    }

    /** The round is not complete: decide again when a further outcome is in. */
    record Wait(Supplier<Answer> soFar) implements Decision {

        @Override
        public Answer answer() {
            return soFar.get();
        }
    }

    /** The search is over. */
    record Finish(Answer answer) implements Decision {

        public Finish {
            if (!answer.state().isFinal()) {
                throw new IllegalArgumentException("state " + answer.state() + " does not finish a search");
            }
        }
    }
}
