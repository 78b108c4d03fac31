package io.stepsampler.worker.data;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says that it holds, in the order of the bytes: eight bytes of length, JSON of that length, then
 * the tensors without a gap. Nothing of it is believed that the file itself does not bear out.
 */
record SafetensorsHeader(List<StoredTensor> tensors) {

    /** That of the format's own implementation. */
    private static final long LONGEST = 100_000_000;

    private static final String REMARKS = "__metadata__";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    SafetensorsHeader {
        tensors = List.copyOf(tensors);
    }

    /** Leaves {@code content} where the first tensor begins. */
    static SafetensorsHeader read(TensorSource source, DigestedChannel content, long fileBytes)
            throws IOException, Refusal {
        if (fileBytes < Long.BYTES) {
            throw source.malformed("its " + fileBytes + " bytes are fewer than the eight of a header's length");
        }
        long length = content.read(Long.BYTES).getLong();
        if (length < 0 || length > fileBytes - Long.BYTES) {
            throw source.malformed("its header claims " + length + " bytes of " + fileBytes);
        }
        if (length > LONGEST) {
            throw source.malformed("its header claims " + length + " bytes; at most " + LONGEST + " are allowed");
        }
        byte[] json = new byte[(int) length];
        content.read(json.length).get(json);
        List<StoredTensor> tensors = tensors(source, parsed(source, json));
        tensors.sort(Comparator.comparingLong(StoredTensor::from).thenComparingLong(StoredTensor::to));
        requireWhole(source, tensors, fileBytes - Long.BYTES - length);
        return new SafetensorsHeader(tensors);
    }

    private static JsonNode parsed(TensorSource source, byte[] json) throws IOException, Refusal {
        try {
            JsonNode header = STRICT.readTree(json);
            if (json.length > 0 && json[0] == '{' && header.isObject()) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw source.malformed("its header is no JSON: " + e.getOriginalMessage());
        }
        throw source.malformed("its header is no JSON object");
    }

    private static List<StoredTensor> tensors(TensorSource source, JsonNode header) throws Refusal {
        List<StoredTensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals(REMARKS)) {
                tensors.add(tensor(source, entry.getKey(), entry.getValue()));
            }
        }
        return tensors;
    }

    private static StoredTensor tensor(TensorSource source, String name, JsonNode entry) throws Refusal {
        String dtype = entry.path("dtype").asText("absent");
        StoredType type = StoredType.named(dtype)
                .orElseThrow(() -> source.malformed("the tensor " + name + " has the dtype " + dtype + "; read are "
                        + Arrays.toString(StoredType.values())));
        long[] shape = naturals(source, name, "shape", entry);
        long[] offsets = naturals(source, name, "data_offsets", entry);
        if (offsets.length != 2) {
            throw source.malformed("the tensor " + name + " has " + offsets.length + " data_offsets instead of 2");
        }
        requireSize(source, name, type, shape, offsets[0], offsets[1]);
        return new StoredTensor(name, type, new Shape(shape), offsets[0], offsets[1]);
    }

    private static long[] naturals(TensorSource source, String name, String member, JsonNode entry) throws Refusal {
        JsonNode numbers = entry.path(member);
        boolean natural = numbers.isArray();
        for (JsonNode number : numbers) {
            natural &= number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0;
        }
        if (!natural) {
            throw source.malformed("the tensor " + name + " has the " + member + " " + numbers
                    + "; it must be a list of whole numbers from 0 to " + Long.MAX_VALUE);
        }
        long[] values = new long[numbers.size()];
        Arrays.setAll(values, i -> numbers.get(i).asLong());
        return values;
    }

    private static void requireSize(TensorSource source, String name, StoredType type, long[] shape, long from, long to)
            throws Refusal {
        long bytes;
        try {
            bytes = type.bytes();
            for (long side : shape) {
                bytes = Math.multiplyExact(bytes, side);
            }
        } catch (ArithmeticException e) {
            throw source.malformed(
                    "the tensor " + name + " of shape " + new Shape(shape) + " is larger than any file can be");
        }
        if (to < from || to - from != bytes) {
            throw source.malformed("the tensor " + name + " of " + type + " and shape " + new Shape(shape) + " needs "
                    + bytes + " bytes and has the data_offsets " + from + " to " + to);
        }
    }

    /** Neither overlaps nor gaps, nor bytes at the end that belong to no tensor. */
    private static void requireWhole(TensorSource source, List<StoredTensor> tensors, long bytes) throws Refusal {
        long end = 0;
        for (StoredTensor tensor : tensors) {
            if (tensor.from() != end) {
                throw source.malformed("the tensor " + tensor.name() + " begins at byte " + tensor.from()
                        + " where the one before it ends at " + end);
            }
            end = tensor.to();
        }
        if (end != bytes) {
            throw source.malformed("its tensors take " + end + " bytes where " + bytes + " follow the header");
        }
    }
}
