package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.DeadLetter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    @Test
    void aLetterOfASmallRecordHoldsAllOfIt() {
        byte[] payload = {1, 2, 3};

        DeadLetter letter = DeadLetters.of("probes", 2, 7, "not a Probe", payload, Map.of("ce_id", "7"));

        assertThat(letter).isEqualTo(new DeadLetter("probes", 2, 7, "not a Probe", "AQID", null, Map.of("ce_id", "7")));
    }

    /** Characters that JSON writes with six. */
    @Test
    void aLetterOfALargeRecordFitsAMessageAndSaysHowLargeTheRecordIs() {
        byte[] payload = new byte[1_040_000];
        Arrays.fill(payload, (byte) 7);
        String control = "\u0001".repeat(900_000);

        DeadLetter letter = DeadLetters.of(
                "probes",
                2,
                7,
                control,
                payload,
                Map.of("ce_id", "7", "ce_a", control, "ce_z", control.substring(0, 32_000)));

        assertThat(MessageJson.write(letter)).hasSizeLessThan(1_000_000);
        assertThat(letter.wholePayloadBytes()).isEqualTo(payload.length);
        assertThat(Base64.getDecoder().decode(letter.payload())).isEqualTo(Arrays.copyOf(payload, 512 << 10));
        assertThat(letter.reason()).endsWith("...");
        assertThat(letter.headers()).containsOnlyKeys("ce_id", "ce_z");
    }
}
