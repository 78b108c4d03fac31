package io.stepsampler.coordinator.deployment;

import java.util.Locale;

/** A part of a deployment, as a file or a request declares it. */
public sealed interface Declaration permits Team, Pool, Template, Trigger {

    Id id();

    /** What there is to declare. */
    enum Kind {
        TEAM,
        POOL,
        TEMPLATE,
        TRIGGER;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code team}: whose it is; empty for a team itself and for a pool. */
    record Id(Kind kind, String team, String name) {

        /** For people, such as {@code template nightly of team vision}. */
        @Override
        public String toString() {
            return kind.label() + " " + name + (team.isEmpty() ? "" : " of team " + team);
        }
    }
}
