package io.stepsampler.worker.data;

import java.util.List;

/**
 * The wanted values of a row, in the order that they were wanted in.
 *
 * @param line where the row ends, counted from 1
 */
record TextRow(long line, List<String> values) {

    TextRow {
        values = List.copyOf(values);
    }
}
