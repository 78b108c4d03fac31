package io.stepsampler.coordinator.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each role may do all that those before it may. */
public enum Role {
    /** Looks at searches, curves and usage of the own team. */
    VIEWER,
    /** Starts and cancels searches of the own team. */
    MEMBER,
    /** Owns the team's keys, templates and triggers. */
    TEAM_ADMIN,
    /** Declares teams and pools, and makes, rotates and revokes keys and webhooks of each team: so may act for any. */
    PLATFORM_ADMIN;

    /** The roles' names where a constant is needed. */
    public static final String VIEWER_NAME = "viewer";

    public static final String MEMBER_NAME = "member";
    public static final String TEAM_ADMIN_NAME = "team-admin";
    public static final String PLATFORM_ADMIN_NAME = "platform-admin";

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    /** This role's name and those of all that it includes. */
    public List<String> included() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::label)
                .toList();
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
