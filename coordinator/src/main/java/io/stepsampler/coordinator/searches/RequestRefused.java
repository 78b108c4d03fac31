package io.stepsampler.coordinator.searches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.Excerpt;
import io.stepsampler.messages.json.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an event that asked for a search and does not get it. What it repeats of the event is cut where it is
 * long: the answer must fit a message, and the event may fill one.
 *
 * @param source the event's, absent where it has none
 * @param id the event's, absent where it has none
 * @param trigger the one that asked for the search, absent where the event itself did
 * @param key path of the key at fault in the event's data, or the event's own attribute; where the trigger or the template
 *     holds the value, the key there and whose it is
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

    /** As long as an event's source and id may be: who sent it knows it by them. */
    public static final int MOST_CHARACTERS = 1_024;

    /** @param trigger empty where the event itself asked */
    public static RequestRefused of(@Nullable String source, @Nullable String id, String trigger, Refusal refusal) {
        Refusal brief =
                new Refusal(Excerpt.of(refusal.key(), MOST_CHARACTERS), excerpt(refusal.value()), refusal.clause());
        return new RequestRefused(
                excerpt(source),
                excerpt(id),
                trigger.isEmpty() ? null : trigger,
                brief.key(),
                brief.value(),
                brief.allowed(),
                brief.sentence());
    }

    private static @Nullable String excerpt(@Nullable String text) {
        return text == null ? null : Excerpt.of(text, MOST_CHARACTERS);
    }
}
