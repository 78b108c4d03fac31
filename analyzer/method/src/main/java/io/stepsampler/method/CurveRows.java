package io.stepsampler.method;

import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Purpose;
import io.stepsampler.messages.Finding.Status;
import io.stepsampler.method.CurveCsv.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a curve CSV and stops at the first that cannot be read. */
final class CurveRows {

    private static final List<String> COLUMNS = List.of("learning_rate", "loss", "seed", "step", "round", "purpose");
    private static final String FAILED = "failed";

    /** Of a header, in characters: a file may be anything. */
    private static final int LONGEST_SHOWN = 80;

    private static final Set<String> NO_LOSS =
            Set.of("", "nan", "inf", "+inf", "-inf", "infinity", "-infinity", "diverged", FAILED);

    private final List<String> header;
    private final List<CurveRow> rows = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final Set<List<Object>> keys = new HashSet<>();

    private CurveRows(List<String> header) {
        this.header = header;
    }

    static Result read(Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        CurveRows rows = null;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (rows == null) {
                    rows = new CurveRows(header(line));
                } else {
                    rows.add(cells(line));
                }
            }
        } catch (Unreadable unreadable) {
            return new Result.Refused(number, unreadable.text);
        }
        if (rows == null || rows.points.isEmpty()) {
            return new Result.Refused(Math.max(1, number), "there is no row with a learning rate");
        }
        boolean isOfASearch = rows.points.stream().allMatch(point -> point.purpose() != null && point.steps() > 0);
        return new Result.Read(
                new MeasuredCurve(rows.rows, isOfASearch ? rows.points : List.of(), rows.ignoredColumns()));
    }

    private static List<String> header(String line) throws Unreadable {
        List<String> header = cells(line).stream()
                .map(name -> name.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String column : COLUMNS) {
            long count = header.stream().filter(column::equals).count();
            boolean required = COLUMNS.indexOf(column) < 2;
            if (count > 1 || (required && count == 0)) {
                String shown = line.strip()
                        .substring(0, Math.min(LONGEST_SHOWN, line.strip().length()));
                throw new Unreadable("the header is " + shown + "; it must have the column " + column
                        + " once: learning_rate,loss[,seed][,step]");
            }
        }
        return header;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(CurveRows::unquoted).toList();
    }

    private static String unquoted(String cell) {
        String stripped = cell.strip();
        boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    private void add(List<String> cells) throws Unreadable {
        if (cells.size() != header.size()) {
            throw new Unreadable("there are " + cells.size() + " values for " + header.size() + " columns");
        }
        LearningRate rate = rate(required(cells, "learning_rate"));
        Long seed = whole("seed", optional(cells, "seed"));
        Long step = whole("step", optional(cells, "step"));
        if (step != null && (step < 0 || step > Integer.MAX_VALUE)) {
            throw new Unreadable("step is " + step + "; steps are counted from 0");
        }
        if (!keys.add(Arrays.asList(rate, seed, step))) {
            throw new Unreadable("learning rate " + rate.value() + " stands here a second time"
                    + (seed == null ? "" : ", with seed " + seed)
                    + (step == null ? "" : ", at step " + step));
        }
        Double loss = loss(required(cells, "loss"));
        Purpose purpose = purpose(optional(cells, "purpose"));
        CurveRow row = new CurveRow(rate, loss, seed, step == null ? null : step.intValue());
        if (purpose != Purpose.CONFIRMATION && purpose != Purpose.LENGTHENED) {
            rows.add(row);
        }
        points.add(point(cells, row, purpose));
    }

    /** What a search says of its points besides; the columns of others may hold anything. */
    private Point point(List<String> cells, CurveRow row, @Nullable Purpose purpose) {
        Status status = row.loss() != null
                ? Status.MEASURED
                : FAILED.equalsIgnoreCase(required(cells, "loss")) ? Status.FAILED : Status.DIVERGED;
        Integer step = row.step();
        Long seed = row.seed();
        return new Point(
                row.rate().value(),
                row.loss(),
                status,
                round(optional(cells, "round")),
                seed == null ? 0 : seed,
                step == null ? 0 : step,
                null,
                purpose);
    }

    private static int round(@Nullable String cell) {
        return cell != null && cell.matches("[0-9]{1,6}") ? Integer.parseInt(cell) : 1;
    }

    private static @Nullable Purpose purpose(@Nullable String cell) {
        return Arrays.stream(Purpose.values())
                .filter(purpose -> purpose.name().equalsIgnoreCase(cell))
                .findFirst()
                .orElse(null);
    }

    private static LearningRate rate(String cell) throws Unreadable {
        double value = number("learning_rate", cell);
        if (!Double.isFinite(value) || value < 0) {
            throw new Unreadable("learning_rate is '" + cell + "'; it must be finite and not negative");
        }
        return LearningRate.of(value);
    }

    private static @Nullable Double loss(String cell) throws Unreadable {
        if (NO_LOSS.contains(cell.toLowerCase(Locale.ROOT))) {
            return null;
        }
        double value = number("loss", cell);
        return Double.isFinite(value) ? (Double) value : null;
    }

    private static double number(String column, String cell) throws Unreadable {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException notANumber) {
            throw new Unreadable(column + " is '" + cell + "', which is not a number");
        }
    }

    private static @Nullable Long whole(String column, @Nullable String cell) throws Unreadable {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(cell);
        } catch (NumberFormatException notWhole) {
            throw new Unreadable(column + " is '" + cell + "', which is not a whole number");
        }
    }

    private String required(List<String> cells, String column) {
        return cells.get(header.indexOf(column));
    }

    private @Nullable String optional(List<String> cells, String column) {
        return header.contains(column) ? cells.get(header.indexOf(column)) : null;
    }

    private List<String> ignoredColumns() {
        return header.stream().filter(name -> !COLUMNS.contains(name)).toList();
    }

    /** Ends the reading at the current line. */
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        private final String text;

        Unreadable(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }
}
