package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** On topic {@code findings.<team>}: a CloudEvent 1.0 in structured mode. */
public record CloudEvent<T>(
        @JsonProperty("specversion") String specVersion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        @JsonProperty("datacontenttype") String dataContentType,
        T data) {

    public static final String CONTENT_TYPE = "application/cloudevents+json";
}
