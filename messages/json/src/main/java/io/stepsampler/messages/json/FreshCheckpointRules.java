package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A fresh initialisation has no past: no optimizer has moved it, and no run has taken steps by it. */
final class FreshCheckpointRules {

    private FreshCheckpointRules() {}

    static List<Refusal> refusals(ObjectNode file) {
        List<Refusal> refusals = new ArrayList<>();
        JsonNode model = file.path("model");
        if (!model.path("checkpoint").has("seed")) {
            return refusals;
        }
        if (model.has("optimizerState")) {
            refusals.add(new Refusal(
                    "model.optimizerState",
                    model.path("optimizerState").asText(),
                    "allowed: with a stored checkpoint; this one is a fresh initialisation"));
        }
        JsonNode step = file.path("series").path("step");
        if (step.asLong() > 0) {
            refusals.add(new Refusal(
                    "series.step", step.asText(), "allowed: 0, because the checkpoint is a fresh initialisation"));
        }
        return refusals;
    }
}
