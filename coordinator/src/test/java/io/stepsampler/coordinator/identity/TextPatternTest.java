package io.stepsampler.coordinator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "a*, a, true",
        "*a, a, true",
        "a*a, a, false",
        "a*a, aa, true",
        "ab*bc, abc, false",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-c, false",
        "*ab*ab*, ab-a-b, false",
        "a*c*bc, a-bc, false",
        "a**b, ab, true",
        "a.c, abc, false",
    })
    void aStarStandsForAnyText(String pattern, String text, boolean matches) {
        assertThat(TextPattern.of(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void aStarStandsForManyLines() {
        assertThat(TextPattern.of("a*b").matches("a\n\nb")).isTrue();
    }

    @Test
    void manyStarsTakeNoLongerThanTheTextIsLong() {
        TextPattern pattern = TextPattern.of("*a".repeat(400) + "*b");
        String text = "a".repeat(100_000);

        boolean matches = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pattern.matches(text));

        assertThat(matches).isFalse();
    }
}
