package io.stepsampler.messages.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Sha256;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialEvent.Conditions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What two trials must have in common to give the same number: the key of what their probes asked for, and comparable
 * conditions. The conditions hold the digests of what was read, which a worker alone can know.
 *
 * <p>The key is the SHA-256 of the probe's JSON without what cannot change the number, its members in the order of their
 * names, with one text for one number. What is added to a probe later is in the key unless it is left out here.
 */
public final class MeasurementKey {

    private static final List<JsonPointer> LEFT_OUT = List.of(
            // which probe it is, and how it is sent; the team stays: what it measured is its own
            JsonPointer.compile("/probeId"),
            JsonPointer.compile("/searchId"),
            JsonPointer.compile("/pool"),
            JsonPointer.compile("/round"),
            JsonPointer.compile("/attempt"),
            JsonPointer.compile("/suspect"),
            JsonPointer.compile("/formerTrials"),
            // where files lie: what was read of them is in the digests of the conditions
            JsonPointer.compile("/model/checkpoint"),
            JsonPointer.compile("/model/sha256"),
            JsonPointer.compile("/model/optimizerState"),
            JsonPointer.compile("/model/options/config"),
            JsonPointer.compile("/data"),
            // the search's own; the probe has its steps and its seed
            JsonPointer.compile("/training/steps"),
            JsonPointer.compile("/training/seed"),
            JsonPointer.compile("/training/lengthen"),
            // how long a replay pretends to train
            JsonPointer.compile("/model/options/trialSeconds"));

    private MeasurementKey() {}

    /** In lower-case hexadecimal digits. */
    public static String of(Probe probe) {
        ObjectNode asked = MessageJson.mapper().valueToTree(probe);
        for (JsonPointer pointer : LEFT_OUT) {
            if (asked.at(pointer.head()) instanceof ObjectNode owner) {
                owner.remove(pointer.last().getMatchingProperty());
            }
        }
        return Sha256.hex(text(asked).getBytes(StandardCharsets.UTF_8));
    }

    /** The key under which an outcome may be taken over: there is none of a failure, nor of what was itself taken over. */
    public static Optional<String> lasting(TrialEvent.Finished finished) {
        return finished.outcome() instanceof Outcome.Failed || finished.reusedFrom() != null
                ? Optional.empty()
                : Optional.ofNullable(finished.measurementKey());
    }

    /** The same without what changes no number: the warnings, and which of several devices of one kind it was. */
    public static Conditions comparable(Conditions conditions) {
        return new Conditions(
                conditions.device().replaceAll("[0-9]+$", ""),
                conditions.threads(),
                conditions.versions(),
                conditions.checkpointDigest(),
                conditions.configurationDigest(),
                conditions.batchesDigest(),
                conditions.validationDigest(),
                List.of());
    }

    private static String text(JsonNode node) {
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), text(member.getValue())));
            return members.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(text(element)));
            return "[" + String.join(",", elements) + "]";
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toString() : node.toString();
    }
}
