package io.stepsampler.messages.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The one mapper of the messages. Unknown fields are ignored, so that an older service reads a newer one's. */
public final class MessageJson {

    /** A list that is absent is empty: it may have come later than the message. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private MessageJson() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + message.getClass().getName() + " as JSON", e);
        }
    }

    /** @throws UnreadableMessage where the bytes are not such a message */
    public static <T> T read(byte[] json, Class<T> type) throws UnreadableMessage {
        try {
            T message = MAPPER.readValue(json, type);
            if (message == null) {
                throw new UnreadableMessage("the JSON is null; expected a " + type.getSimpleName(), null);
            }
            Optional<String> missing = CompleteRecords.firstMissing(message);
            if (missing.isPresent()) {
                throw new UnreadableMessage(
                        "not a " + type.getSimpleName() + ": " + missing.get() + " is missing", null);
            }
            return message;
        } catch (IOException e) {
            throw new UnreadableMessage("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
