package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * On topic {@code dead-letters}: a record that could not be read or broke the contract.
 *
 * @param reason long ones are cut and end with three dots
 * @param payload the record's value, Base64, or the beginning of one that is too large for a letter
 * @param wholePayloadBytes length of the value where the payload is only its beginning
 * @param headers the record's, as text: the attributes of a CloudEvent in binary mode are there; those that are too large
 *     for a letter are not; absent where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        String reason,
        String payload,
        @Nullable Integer wholePayloadBytes,
        @Nullable Map<String, String> headers) {

    /** In one order: the same letter is the same text. */
    public DeadLetter {
        headers = headers == null || headers.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(headers));
    }
}
