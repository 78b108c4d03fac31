package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import java.util.ArrayList;
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
            Map.of("log-midpoint", "#7048e8", "half-loss", "#1971c2", "steepest", "#2b8a3e");

    /** How much wider bold text is. */
    private static final double BOLD = 1.12;

    private static final double FIRST_ROW = 92;
    private static final double ROW_HEIGHT = 20;
    private static final int FONT_SIZE = 12;

    private record Flag(double learningRate, String label, String colour, boolean recommended) {}

    void draw(Finding finding, DoubleUnaryOperator position) {
        List<Flag> flags = flags(finding);
        double middle = flags.stream()
                .mapToDouble(flag -> position.applyAsDouble(flag.learningRate()))
                .average()
                .orElse(left);
        boolean flyRight = middle < (left + right) / 2;
        Comparator<Flag> byRate = Comparator.comparingDouble(Flag::learningRate);
        List<Flag> fromHighest =
                flags.stream().sorted(flyRight ? byRate : byRate.reversed()).toList();
        for (int row = 0; row < fromHighest.size(); row++) {
            Flag flag = fromHighest.get(row);
            double x = position.applyAsDouble(flag.learningRate());
            double y = FIRST_ROW + row * ROW_HEIGHT;
            if (flag.recommended()) {
                drawRecommended(x, y, flag.label(), flag.colour(), flyRight ? 1 : -1);
            } else {
                canvas.line(x, y - 10, x, bottom, flag.colour(), 1.4);
                canvas.text(
                        x + (flyRight ? 7 : -7),
                        y + 4,
                        flag.label(),
                        FONT_SIZE,
                        flag.colour(),
                        flyRight ? "start" : "end");
            }
        }
    }

    /** The paper's selections, and the recommended rate where it is none of them. */
    private static List<Flag> flags(Finding finding) {
        Double recommended = finding.recommendedLearningRate();
        List<Flag> flags = new ArrayList<>();
        for (Selection selection : finding.selections()) {
            String colour = COLOURS.get(selection.method());
            if (colour != null && selection.source() == Source.TRIALS) {
                boolean isRecommended = recommended != null && recommended == selection.learningRate();
                String label = selection.method() + " " + Numbers.rate(selection.learningRate());
                flags.add(new Flag(
                        selection.learningRate(),
                        isRecommended ? label + " \u00b7 recommended" : label,
                        colour,
                        isRecommended));
            }
        }
        if (recommended != null && flags.stream().noneMatch(Flag::recommended)) {
            flags.add(new Flag(recommended, "recommended " + Numbers.rate(recommended), RECOMMENDED, true));
        }
        return flags;
    }

    private void drawRecommended(double x, double y, String label, String colour, int direction) {
        double width = BOLD * width(label, FONT_SIZE) + 18;
        canvas.line(x, y - 10, x, bottom, colour, 3);
        canvas.rectangle(direction > 0 ? x - 1.5 : x - width + 1.5, y - 10, width, 19, 3, colour);
        canvas.boldText(x + direction * 8, y + 4, label, FONT_SIZE, "#ffffff", direction > 0 ? "start" : "end");
    }

    /** Wide enough for the widest of the fonts that viewers choose from. */
    static double width(String text, int fontSize) {
        return 0.62 * fontSize * text.length();
    }
}
