package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The selected rates as poles with a flag each. All flags fly to the side with more room, and a pole is the higher the
 * further it stands on the other side, so that no pole crosses a flag.
 */
record SvgFlags(SvgCanvas canvas, double left, double right, double bottom) {

    static final String RECOMMENDED = "#d9480f";

    private static final Map<String, String> COLOURS =
            Map.of("log-midpoint", RECOMMENDED, "half-loss", "#1971c2", "steepest", "#2b8a3e");

    private static final double FIRST_ROW = 92;
    private static final double ROW_HEIGHT = 20;
    private static final int FONT_SIZE = 12;

    void draw(Finding finding, DoubleUnaryOperator position) {
        Comparator<Selection> byRate = Comparator.comparingDouble(Selection::learningRate);
        List<Selection> selections = finding.selections().stream()
                .filter(selection -> COLOURS.containsKey(selection.method()) && selection.source() == Source.TRIALS)
                .toList();
        double middle = selections.stream()
                .mapToDouble(selection -> position.applyAsDouble(selection.learningRate()))
                .average()
                .orElse(left);
        boolean flyRight = middle < (left + right) / 2;
        List<Selection> fromHighest = selections.stream()
                .sorted(flyRight ? byRate : byRate.reversed())
                .toList();
        Double recommended = finding.recommendedLearningRate();
        for (int row = 0; row < fromHighest.size(); row++) {
            Selection selection = fromHighest.get(row);
            double x = position.applyAsDouble(selection.learningRate());
            double y = FIRST_ROW + row * ROW_HEIGHT;
            String colour = COLOURS.getOrDefault(selection.method(), RECOMMENDED);
            String label = selection.method() + " " + Numbers.rate(selection.learningRate());
            if (recommended != null && recommended == selection.learningRate()) {
                drawRecommended(x, y, label + " \u00b7 recommended", colour, flyRight ? 1 : -1);
            } else {
                canvas.line(x, y - 10, x, bottom, colour, 1.4);
                canvas.text(x + (flyRight ? 7 : -7), y + 4, label, FONT_SIZE, colour, flyRight ? "start" : "end");
            }
        }
    }

    private void drawRecommended(double x, double y, String label, String colour, int direction) {
        double width = width(label, FONT_SIZE) + 18;
        canvas.line(x, y - 10, x, bottom, colour, 3);
        canvas.rectangle(direction > 0 ? x - 1.5 : x - width + 1.5, y - 10, width, 19, 3, colour);
        canvas.boldText(x + direction * 8, y + 4, label, FONT_SIZE, "#ffffff", direction > 0 ? "start" : "end");
    }

    /** Wide enough for the widest of the fonts that viewers choose from. */
    static double width(String text, int fontSize) {
        return 0.62 * fontSize * text.length();
    }
}
