package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * On topic {@code dead-letters}: a record that could not be read or broke the contract.
 *
 * @param payload the record's value, Base64
 * @param headers the record's, as text: the attributes of a CloudEvent in binary mode are there; absent where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        String reason,
        String payload,
        @Nullable Map<String, String> headers) {

    /** In one order: the same letter is the same text. */
    public DeadLetter {
        headers = headers == null || headers.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** Of a record without headers. */
    public DeadLetter(String topic, int partition, long offset, String reason, String payload) {
        this(topic, partition, offset, reason, payload, null);
    }
}
