package io.stepsampler.coordinator.searches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an event that starts no search.
 *
 * @param source the event's, absent where it has none
 * @param id the event's, absent where it has none
 * @param key path of the key at fault in the event's data, or the event's own attribute
 * @param value what stands there, absent where nothing does
 * @param text the same in one sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestRefused(
        @Nullable String source,
        @Nullable String id,
        String key,
        @Nullable String value,
        String allowed,
        String text) {

    public static RequestRefused of(@Nullable String source, @Nullable String id, Refusal refusal) {
        return new RequestRefused(source, id, refusal.key(), refusal.value(), refusal.allowed(), refusal.sentence());
    }
}
