package io.stepsampler.messages.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a search file was not accepted.
 *
 * @param key path of the key at fault, such as {@code search.from}; empty for the file as a whole
 * @param value what stands there, absent where nothing does
 * @param allowed what may stand there, as a clause that follows the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Refusal(String key, @Nullable String value, String allowed) {

    /** One sentence with the key, the value and what is allowed. */
    public String sentence() {
        if (key.isEmpty()) {
            return "the search file " + allowed;
        }
        if (value == null) {
            return key + " " + allowed;
        }
        return key + " is " + value + "; " + allowed;
    }
}
