package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The arrays of an {@code .npz}, a zip of {@code .npy} files, plain or compressed. DJL has a reader of its own; it ends
 * the process over integers of 16 bits, takes most significant bytes for least significant ones, and refuses arrays
 * that are stored by columns, as numpy stores many.
 */
final class NumpyArchive {

    private static final String ENDING = ".npy";

    private NumpyArchive() {}

    /** By name, in the order of the file; floats as float32, integers as int64, bool as bool. */
    static Map<String, NDArray> read(TensorSource source, InputStream content, NDManager manager)
            throws IOException, Refusal {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        List<NDArray> unfinished = new ArrayList<>();
        try {
            // Not closed: it is the caller's.
            ZipInputStream zip = new ZipInputStream(content);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(ENDING)) {
                    String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
                    NDArray array = array(source, name, zip, manager);
                    unfinished.add(array);
                    arrays.put(name, array);
                }
            }
            if (arrays.isEmpty()) {
                throw source.malformed("it holds no array");
            }
            unfinished.clear();
            return arrays;
        } finally {
            unfinished.forEach(NDArray::close);
        }
    }

    /** Reads on to the end of the entry, where its checksum is looked at. */
    private static NDArray array(TensorSource source, String name, ZipInputStream entry, NDManager manager)
            throws IOException, Refusal {
        DigestedChannel bytes = new DigestedChannel(Channels.newChannel(entry));
        NumpyHeader header = NumpyHeader.read(source, name, bytes);
        NDArray array = TensorReading.read(header.stored(), bytes, manager);
        if (entry.read() >= 0) {
            array.close();
            throw source.malformed("the array " + name + " goes on after its end");
        }
        return header.byColumns() ? byRows(array, header.shape()) : array;
    }

    private static NDArray byRows(NDArray array, Shape shape) {
        int dimensions = shape.dimension();
        int[] reversed = IntStream.range(0, dimensions)
                .map(axis -> dimensions - 1 - axis)
                .toArray();
        try (array;
                NDArray turned = array.transpose(reversed)) {
            // A copy in the order of rows, because a transposed array only looks at the other one.
            NDArray rows = turned.duplicate();
            rows.setName(array.getName());
            return rows;
        }
    }
}
