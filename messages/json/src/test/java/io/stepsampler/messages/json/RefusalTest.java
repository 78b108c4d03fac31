package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allowed: default             | default
            allowed here: team           | team
            must be 1 to 100 characters  | 1 to 100 characters
            is missing; must be a number | is missing; must be a number
            """)
    void whatIsAllowedStandsAloneInItsMember(String clause, String allowed) {
        assertThat(MessageJson.mapper().<JsonNode>valueToTree(new Refusal("a", "b", clause)))
                .isEqualTo(MessageJson.mapper()
                        .createObjectNode()
                        .put("key", "a")
                        .put("value", "b")
                        .put("allowed", allowed));
    }

    @Test
    void theSentenceKeepsTheWordsBeforeIt() {
        assertThat(new Refusal("pool", "gpu", "allowed: default").sentence())
                .isEqualTo("pool is gpu; allowed: default");
    }
}
