package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.YamlText;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Declarations as people write them. */
final class Declared {

    private Declared() {}

    static JsonNode yaml(String text) {
        return ((YamlText.Documents) YamlText.read("test", text)).documents().get(0);
    }

    static Declaration accepted(String text) {
        DeclarationReading.Reading reading = DeclarationReading.read(yaml(text));
        if (reading instanceof DeclarationReading.Accepted accepted) {
            return accepted.declaration();
        }
        throw new AssertionError("refused: " + ((DeclarationReading.Refused) reading).refusals());
    }

    static List<String> refusals(String text) {
        DeclarationReading.Reading reading = DeclarationReading.read(yaml(text));
        return reading instanceof DeclarationReading.Refused refused
                ? refused.refusals().stream().map(Refusal::sentence).toList()
                : List.of();
    }

    /** One of which some are in no file any more. */
    static Deployment deployment(Set<Declaration.Id> leaving, String... texts) {
        return new Deployment(Arrays.stream(texts).map(Declared::accepted).toList(), new Leaving(leaving));
    }

    static Deployment deployment(String... texts) {
        return new Deployment(Arrays.stream(texts).map(Declared::accepted).toList());
    }
}
