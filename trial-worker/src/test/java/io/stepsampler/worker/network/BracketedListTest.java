package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BracketedListTest {

    @Test
    void innerBracketsAndStringsAreNotCut() {
        String code = "f(a, [1, 2], g(b, c), \"x, \\\"y)\", {\"k\": d, \"l\": e}, ) + 1";
        BracketedList list = BracketedList.at(code, 1);
        assertThat(list.items()).containsExactly("a", "[1, 2]", "g(b, c)", "\"x, \\\"y)\"", "{\"k\": d, \"l\": e}");
        assertThat(code.substring(list.end())).isEqualTo(" + 1");
    }

    @Test
    void aBracketThatIsNeverClosedEndsWithTheCode() {
        assertThat(BracketedList.at("f(a, b", 1)).isEqualTo(new BracketedList(java.util.List.of("a"), 6));
    }
}
