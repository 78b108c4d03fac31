package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void aLongTextIsCutAndSaysSo() {
        assertThat(Excerpt.of("abcd", 4)).isEqualTo("abcd");
        assertThat(Excerpt.of("abcde", 4)).isEqualTo("abcd...");
    }

    @Test
    void noCharacterIsCutInHalf() {
        String smile = Character.toString(0x1F600);

        assertThat(Excerpt.of("abc" + smile, 4)).isEqualTo("abc...");
        assertThat(Excerpt.of("ab" + smile + "c", 4)).isEqualTo("ab" + smile + "...");
    }
}
