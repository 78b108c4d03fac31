package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import java.util.Arrays;
import java.util.List;

/** The curve of a finding in a terminal. */
public final class CurveText {

    /** What the signs of a drawing mean, in one line. */
    public static final String LEGEND = "\u2022 measured  \u00b7 between  \u00d7 diverged  \u25b2 off the scale"
            + "  ? failed  \u2591 window  \u2503 recommended  \u2504 baseline";

    private static final int LABEL_COLUMNS = 9;
    private static final int FEWEST_COLUMNS = 20;
    private static final int FEWEST_ROWS = 6;
    private static final int AXIS_ROWS = 2;

    private final Finding finding;
    private final PictureScale scale;
    private final char[][] cells;

    private CurveText(Finding finding, int columns, int rows) {
        this.finding = finding;
        this.scale = PictureScale.of(finding);
        this.cells = new char[rows - AXIS_ROWS][columns - LABEL_COLUMNS - 1];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
    }

    /** @param columns and rows of the whole drawing, labels included; what is too small to show anything is enlarged */
    public static String draw(Finding finding, int columns, int rows) {
        return new CurveText(finding, Math.max(FEWEST_COLUMNS + LABEL_COLUMNS, columns), Math.max(FEWEST_ROWS, rows))
                .draw();
    }

    private String draw() {
        drawWindow();
        Double baseline = finding.baselineLoss();
        if (baseline != null) {
            Arrays.fill(cells[row(baseline)], '\u2504');
        }
        drawRecommended();
        drawLines();
        DrawnPoints.of(finding).stream()
                .filter(point -> point.learningRate() > 0)
                .forEach(this::drawPoint);
        return withLabels();
    }

    /** The first row is kept for what is off the scale. */
    private int row(double loss) {
        return Math.max(1, Math.min(cells.length - 1, cells.length - 1 - (int) (scale.up(loss) * (cells.length - 1))));
    }

    private int column(double learningRate) {
        int last = cells[0].length - 1;
        return Math.max(0, Math.min(last, (int) Math.round(scale.across(learningRate) * last)));
    }

    private void drawWindow() {
        Finding.Window window = finding.window();
        if (window != null) {
            for (int row = 1; row < cells.length; row++) {
                int from = column(window.minLearningRate());
                Arrays.fill(cells[row], from, column(window.maxLearningRate()) + 1, '\u2591');
            }
        }
    }

    private void drawRecommended() {
        Double rate = finding.recommendedLearningRate();
        if (rate != null) {
            for (int row = 1; row < cells.length; row++) {
                cells[row][column(rate)] = '\u2503';
            }
        }
    }

    private void drawLines() {
        List<Point> shown = DrawnPoints.of(finding).stream()
                .filter(point -> point.learningRate() > 0 && point.outcome() == Status.MEASURED)
                .toList();
        for (int index = 1; index < shown.size(); index++) {
            Double left = shown.get(index - 1).loss();
            Double right = shown.get(index).loss();
            if (left != null && right != null && scale.shows(left) && scale.shows(right)) {
                int from = column(shown.get(index - 1).learningRate());
                int to = column(shown.get(index).learningRate());
                for (int column = from + 1; column < to; column++) {
                    cells[row(left + (right - left) * (column - from) / (to - from))][column] = '\u00b7';
                }
            }
        }
    }

    private void drawPoint(Point point) {
        int column = column(point.learningRate());
        Double loss = point.loss();
        if (loss != null && scale.shows(loss)) {
            cells[row(loss)][column] = '\u2022';
        } else {
            cells[0][column] = switch (point.outcome()) {
                case MEASURED -> '\u25b2';
                case DIVERGED -> '\u00d7';
                case FAILED -> '?';
            };
        }
    }

    private String withLabels() {
        String[] labels = new String[cells.length];
        Arrays.fill(labels, "");
        scale.lossTicks().forEach(tick -> labels[row(tick)] = Numbers.loss(tick));
        StringBuilder drawing = new StringBuilder();
        for (int row = 0; row < cells.length; row++) {
            drawing.append(padded(labels[row])).append(row == 0 ? ' ' : '\u2502');
            drawing.append(new String(cells[row]).stripTrailing()).append('\n');
        }
        char[] axis = new char[cells[0].length];
        char[] rates = new char[cells[0].length + 4];
        Arrays.fill(axis, '\u2500');
        Arrays.fill(rates, ' ');
        int free = 0;
        for (int decade : scale.decades()) {
            String label = "1e" + decade;
            int column = column(StrictMath.pow(10, decade));
            axis[column] = '\u252c';
            if (column >= free && column + label.length() <= rates.length) {
                label.getChars(0, label.length(), rates, column);
                free = column + label.length() + 1;
            }
        }
        drawing.append(padded("")).append('\u2514').append(axis).append('\n');
        return drawing.append(padded(""))
                .append(' ')
                .append(new String(rates).stripTrailing())
                .append('\n')
                .toString();
    }

    private static String padded(String label) {
        return " ".repeat(Math.max(0, LABEL_COLUMNS - 1 - label.length())) + label + " ";
    }
}
