package io.stepsampler.worker.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .npz} files as numpy does, whole ones and those that numpy would not write. */
final class NumpyWriter {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(content);

    NumpyWriter floats(String name, String shape, float... values) throws IOException {
        ByteBuffer bytes = SafetensorsWriter.littleEndian(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return add(name, header("'<f4'", "False", shape), bytes);
    }

    NumpyWriter longs(String name, String shape, long... values) throws IOException {
        ByteBuffer bytes = SafetensorsWriter.littleEndian(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return add(name, header("'<i8'", "False", shape), bytes);
    }

    NumpyWriter add(String name, String header, ByteBuffer values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer array = SafetensorsWriter.littleEndian(10 + text.length + values.capacity());
        array.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.UTF_8)).put((byte) 1);
        array.put((byte) 0).putShort((short) text.length).put(text).put(values.clear());
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        byte[] bytes = new byte[array.capacity()];
        array.clear().get(bytes);
        zip.write(bytes);
        return this;
    }

    static String header(String type, String byColumns, String shape) {
        return "{'descr': " + type + ", 'fortran_order': " + byColumns + ", 'shape': " + shape + ", }\n";
    }

    Path write(Path file) throws IOException {
        zip.close();
        return Files.write(file, content.toByteArray());
    }
}
