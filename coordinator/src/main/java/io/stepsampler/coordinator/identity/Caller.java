package io.stepsampler.coordinator.identity;

/**
 * Who sent a request.
 *
 * @param name tells people and keys apart in the audit, such as {@code key 3k9x… (ci)}; holds no secret
 * @param team the one for which the caller acts; it comes from the identity alone
 */
public record Caller(String name, String team, Role role) {

    /** Whether the caller may see what belongs to a team. */
    public boolean reaches(String other) {
        return team.equals(other) || role == Role.PLATFORM_ADMIN;
    }
}
