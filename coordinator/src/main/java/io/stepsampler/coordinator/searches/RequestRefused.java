package io.stepsampler.coordinator.searches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an event that asked for a search and does not get it.
 *
 * @param source the event's, absent where it has none
 * @param id the event's, absent where it has none
 * @param trigger the one that asked for the search, absent where the event itself did
 * @param key path of the key at fault in the event's data, or the event's own attribute; where the trigger or the template holds
 *     the value, the key there and whose it is
 * @param value what stands there, absent where nothing does
 * @param text the same in one sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestRefused(
        @Nullable String source,
        @Nullable String id,
        @Nullable String trigger,
        String key,
        @Nullable String value,
        String allowed,
        String text) {

    /** @param trigger empty where the event itself asked */
    public static RequestRefused of(@Nullable String source, @Nullable String id, String trigger, Refusal refusal) {
        return new RequestRefused(
                source,
                id,
                trigger.isEmpty() ? null : trigger,
                refusal.key(),
                refusal.value(),
                refusal.allowed(),
                refusal.sentence());
    }
}
