package io.stepsampler.messages.json;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a search file was not accepted.
 *
 * @param key path of the key at fault, such as {@code search.from}; empty for the file as a whole
 * @param value what stands there, absent where nothing does
 * @param clause that follows the value: what may stand there, such as {@code must be a number}, or why it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Refusal(
        String key, @Nullable String value, @JsonIgnore String clause) {

    private static final Pattern LEAD = Pattern.compile("^(allowed(?: here)?: |must be )");

    /** The clause without the words that say of what may stand there that it may. */
    @JsonProperty
    public String allowed() {
        return LEAD.matcher(clause).replaceFirst("");
    }

    /** One sentence with the key, the value and what is allowed. */
    public String sentence() {
        if (key.isEmpty()) {
            return "the search file " + clause;
        }
        if (value == null) {
            return key + " " + clause;
        }
        return key + " is " + value + "; " + clause;
    }
}
