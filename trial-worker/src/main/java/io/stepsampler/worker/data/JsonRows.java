package io.stepsampler.worker.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The rows of a file of JSON Lines: an object on each line, blank lines aside. */
final class JsonRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonRows() {}

    static List<TextRow> read(TextFile file, List<WantedColumn> wanted) throws Refusal {
        return file.read(text -> {
            List<TextRow> rows = new ArrayList<>();
            long line = 0;
            for (String object = text.readLine(); object != null; object = text.readLine()) {
                line++;
                if (!object.isBlank()) {
                    rows.add(row(file, line, parsed(file, line, object), wanted));
                }
            }
            return rows;
        });
    }

    private static JsonNode parsed(TextFile file, long line, String object) throws Refusal {
        try {
            JsonNode parsed = JSON.readTree(object);
            if (parsed.isObject()) {
                return parsed;
            }
        } catch (JsonProcessingException e) {
            throw file.refusal("line " + line + " is no JSON (" + e.getOriginalMessage() + ")");
        }
        throw file.refusal("line " + line + " must be a JSON object, as each line of JSON Lines is");
    }

    private static TextRow row(TextFile file, long line, JsonNode object, List<WantedColumn> wanted) throws Refusal {
        List<String> values = new ArrayList<>(wanted.size());
        for (WantedColumn column : wanted) {
            JsonNode value = object.path(column.name());
            if (value.isMissingNode()) {
                List<String> members = new ArrayList<>();
                for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
                    members.add(names.next());
                }
                throw Refusal.badInput(
                        column.key(),
                        column.name(),
                        "it must be a member of each line of " + file.key() + "; line " + line + " has " + members);
            }
            if (!value.isTextual() && !value.isNumber()) {
                throw file.refusal(
                        "line " + line + " has the " + column.name() + " " + value + "; it must be text or a number");
            }
            values.add(value.asText());
        }
        return new TextRow(line, values);
    }
}
