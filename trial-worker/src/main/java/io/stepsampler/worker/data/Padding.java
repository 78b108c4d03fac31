package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/** Rows of unequal length as one int64 array (N, length of the longest), filled up on the right. */
final class Padding {

    private Padding() {}

    static NDArray filled(String name, List<long[]> rows, long filling, NDManager manager) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        long[] values = new long[rows.size() * longest];
        Arrays.fill(values, filling);
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * longest, rows.get(i).length);
        }
        NDArray filled = manager.create(values, new Shape(rows.size(), longest));
        filled.setName(name);
        return filled;
    }

    static long[] filled(long[] row, int length, long filling) {
        long[] filled = Arrays.copyOf(row, length);
        Arrays.fill(filled, row.length, length, filling);
        return filled;
    }

    /** 1 where a row has a value, 0 where it was filled up. */
    static NDArray mask(String name, List<long[]> rows, NDManager manager) {
        List<long[]> ones = rows.stream()
                .map(row -> {
                    long[] present = new long[row.length];
                    Arrays.fill(present, 1);
                    return present;
                })
                .toList();
        return filled(name, ones, 0, manager);
    }
}
