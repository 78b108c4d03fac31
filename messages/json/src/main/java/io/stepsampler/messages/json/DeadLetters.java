package io.stepsampler.messages.json;

import io.stepsampler.messages.DeadLetter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Letters that fit: Kafka takes no message of more than a megabyte, Base64 makes four bytes of three, and JSON up to six
 * of one character. The record itself stays where the letter says for as long as its topic keeps it.
 */
public final class DeadLetters {

    private static final int MOST_PAYLOAD_BYTES = 512 << 10;
    private static final int MOST_REASON_CHARACTERS = 4 << 10;
    private static final int MOST_HEADER_CHARACTERS = 32 << 10;

    private DeadLetters() {}

    /** @param payload the record's value, empty where it has none */
    public static DeadLetter of(
            String topic, int partition, long offset, String reason, byte[] payload, Map<String, String> headers) {
        boolean fits = payload.length <= MOST_PAYLOAD_BYTES;
        return new DeadLetter(
                topic,
                partition,
                offset,
                Excerpt.of(reason, MOST_REASON_CHARACTERS),
                Base64.getEncoder().encodeToString(fits ? payload : Arrays.copyOf(payload, MOST_PAYLOAD_BYTES)),
                fits ? null : payload.length,
                fitting(headers));
    }

    /** As many as fit, in the order of their names. */
    private static Map<String, String> fitting(Map<String, String> headers) {
        Map<String, String> fitting = new TreeMap<>();
        int characters = 0;
        for (Map.Entry<String, String> header : new TreeMap<>(headers).entrySet()) {
            int more = header.getKey().length() + header.getValue().length();
            if (characters + more <= MOST_HEADER_CHARACTERS) {
                characters += more;
                fitting.put(header.getKey(), header.getValue());
            }
        }
        return fitting;
    }
}
