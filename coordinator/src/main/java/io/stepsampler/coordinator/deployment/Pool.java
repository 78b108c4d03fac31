package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Workers of one kind, and the queue that they share.
 *
 * @param team the only one that may use it; absent: all teams share it
 * @param price of the time of a device; absent where none is told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pool(
        String name, @Nullable String team, @Nullable Price price) implements Declaration {

    /** {@code currency}: three letters, ISO 4217. */
    public record Price(double perDeviceHour, String currency) {}

    public static Pool shared(String name) {
        return new Pool(name, null, null);
    }

    @Override
    public Id id() {
        return new Id(Kind.POOL, "", name);
    }

    boolean isFor(String other) {
        return team == null || team.equals(other);
    }
}
