package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV file (RFC 4180) with a header, or without one where the columns are named elsewhere. */
final class CsvRows {

    private CsvRows() {}

    /** @param columns none: the first line holds them */
    static List<TextRow> read(TextFile file, List<String> columns, List<WantedColumn> wanted) throws Refusal {
        return file.read(text -> read(file, columns, wanted, text));
    }

    private static List<TextRow> read(
            TextFile file, List<String> columns, List<WantedColumn> wanted, BufferedReader text)
            throws IOException, Refusal {
        try (CSVParser parser = CSVFormat.DEFAULT.parse(text)) {
            Iterator<CSVRecord> records = parser.iterator();
            List<String> names =
                    columns.isEmpty() && records.hasNext() ? records.next().toList() : columns;
            int[] places = places(file, names, wanted);
            List<TextRow> rows = new ArrayList<>();
            while (records.hasNext()) {
                CSVRecord row = records.next();
                long line = parser.getCurrentLineNumber();
                if (row.size() != names.size()) {
                    throw file.refusal("line " + line + " has " + row.size() + " columns; it must have " + names.size()
                            + ", one for each of " + names);
                }
                rows.add(values(line, row, places));
            }
            return rows;
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof CharacterCodingException) {
                throw cause;
            }
            throw file.refusal("it must be CSV as in RFC 4180 (" + cause.getMessage() + ")");
        }
    }

    private static int[] places(TextFile file, List<String> names, List<WantedColumn> wanted) throws Refusal {
        if (new HashSet<>(names).size() < names.size()) {
            throw file.refusal("its columns are " + names + "; each must have a name of its own");
        }
        int[] places = new int[wanted.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = names.indexOf(wanted.get(i).name());
            if (places[i] < 0) {
                throw Refusal.badInput(
                        wanted.get(i).key(),
                        wanted.get(i).name(),
                        "it must be one of the columns of " + file.key() + ", " + names
                                + "; data.options.columns names those of a file whose first line does not");
            }
        }
        return places;
    }

    private static TextRow values(long line, CSVRecord row, int[] places) {
        List<String> values = new ArrayList<>(places.length);
        for (int place : places) {
            values.add(row.get(place));
        }
        return new TextRow(line, values);
    }
}
