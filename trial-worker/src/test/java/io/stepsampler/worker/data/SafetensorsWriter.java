package io.stepsampler.worker.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/** Writes safetensors files, whole ones and those that no writer should write. */
public final class SafetensorsWriter {

    private final StringJoiner header = new StringJoiner(",", "{", "}");
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    public SafetensorsWriter floats(String name, String shape, float... values) {
        ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return add(name, "F32", shape, bytes);
    }

    SafetensorsWriter doubles(String name, String shape, double... values) {
        ByteBuffer bytes = littleEndian(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return add(name, "F64", shape, bytes);
    }

    public SafetensorsWriter longs(String name, String shape, long... values) {
        ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return add(name, "I64", shape, bytes);
    }

    SafetensorsWriter ints(String name, String type, String shape, int... values) {
        ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return add(name, type, shape, bytes);
    }

    SafetensorsWriter shorts(String name, String type, String shape, int... values) {
        ByteBuffer bytes = littleEndian(values.length * Short.BYTES);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return add(name, type, shape, bytes);
    }

    SafetensorsWriter bytes(String name, String type, String shape, int... values) {
        ByteBuffer bytes = littleEndian(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return add(name, type, shape, bytes);
    }

    private SafetensorsWriter add(String name, String type, String shape, ByteBuffer bytes) {
        int from = content.size();
        byte[] stored = new byte[bytes.capacity()];
        bytes.clear().get(stored);
        content.writeBytes(stored);
        header.add("\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + from
                + "," + content.size() + "]}");
        return this;
    }

    public Path write(Path file) throws IOException {
        return write(file, header.toString(), content.toByteArray());
    }

    static Path write(Path file, String header, byte[] content) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(
                file,
                littleEndian(Long.BYTES + json.length + content.length)
                        .putLong(json.length)
                        .put(json)
                        .put(content)
                        .array());
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
