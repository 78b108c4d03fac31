package io.stepsampler.coordinator.searches;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What becomes of a search file that can be read. */
public sealed interface Submission {

    /** {@code finding}: of the search that it made, or that the same request made before. */
    record Accepted(Finding finding) implements Submission {

        public UUID searchId() {
            return Objects.requireNonNull(finding.searchId());
        }
    }

    /** The team may not have it here: at least one thing. */
    record Refused(List<Refusal> refusals) implements Submission {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** As many searches of the team wait as may. */
    record TooMany(String team, int allowed) implements Submission {

        public Refusal refusal() {
            return new Refusal(
                    "limits.searchesQueued",
                    Integer.toString(allowed),
                    "as many searches of team " + team + " wait already; try again when some have started");
        }
    }

    /** The idempotency key was used for another request. */
    record KeyUsed() implements Submission {}
}
