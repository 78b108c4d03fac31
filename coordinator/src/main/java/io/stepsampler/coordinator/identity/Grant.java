package io.stepsampler.coordinator.identity;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table that says what the holder of a token may do: whose claim has a value, acts for a team in a role.
 *
 * @param claim where the claim stands in the token, as a JSON pointer (RFC 6901) such as {@code /groups} or
 *     {@code /kubernetes.io/namespace}
 * @param value what the claim, or one of its elements, must be; {@code *} stands for any text
 */
public record Grant(String claim, String value, String team, Role role) {

    public Grant {
        if (!claim.startsWith("/")) {
            throw new IllegalArgumentException("claim is " + claim + "; must be a JSON pointer such as /groups");
        }
    }

    public boolean matches(Map<String, Object> claims) {
        return texts(found(claims)).anyMatch(TextPattern.of(value)::matches);
    }

    private @Nullable Object found(Map<String, Object> claims) {
        Object found = claims;
        for (String step : claim.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    private static Stream<String> texts(@Nullable Object found) {
        if (found instanceof Collection<?> elements) {
            return elements.stream().flatMap(Grant::texts);
        }
        return found instanceof String || found instanceof Boolean || found instanceof Number
                ? Stream.of(found.toString())
                : Stream.empty();
    }
}
