package io.stepsampler.coordinator.messaging;

import io.stepsampler.messages.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Events as a team sends them, and as dead letters keep them. */
final class SentEvents {

    private SentEvents() {}

    static String event(String id, String data) {
        return "{\"specversion\":\"1.0\",\"source\":\"/ci\",\"type\":\"checkpoint\",\"id\":\"" + id + "\",\"data\":"
                + data + "}";
    }

    static String payload(DeadLetter letter) {
        return new String(Base64.getDecoder().decode(letter.payload()), StandardCharsets.UTF_8);
    }
}
