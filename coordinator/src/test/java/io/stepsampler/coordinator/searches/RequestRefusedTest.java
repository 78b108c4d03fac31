package io.stepsampler.coordinator.searches;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.json.Refusal;
import org.junit.jupiter.api.Test;

class RequestRefusedTest {

    @Test
    void theLongestSourceAndIdThatAnEventMayHaveAreRepeatedWhole() {
        String source = "s".repeat(1_024);
        String id = "i".repeat(1_024);

        RequestRefused refused = RequestRefused.of(source, id, "", new Refusal("type", null, "is missing"));

        assertThat(refused.source()).isEqualTo(source);
        assertThat(refused.id()).isEqualTo(id);
    }

    @Test
    void whatIsLongerIsCut() {
        RequestRefused refused =
                RequestRefused.of("s".repeat(1_025), null, "", new Refusal("k".repeat(2_000), null, "is missing"));

        assertThat(refused.source()).isEqualTo("s".repeat(1_024) + "...");
        assertThat(refused.key()).isEqualTo("k".repeat(1_024) + "...");
    }
}
