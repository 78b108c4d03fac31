package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import java.util.List;
import java.util.stream.Stream;

/** The learning rates of a series over the steps of its training, as a self-contained SVG picture. */
public final class ScheduleSvg {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final double LEFT = 92;
    private static final double RIGHT = WIDTH - 30;
    private static final double TOP = 90;
    private static final double BOTTOM = HEIGHT - 66;

    /** More would hide the line that they stand on. */
    private static final int MOST_MARKS = 300;

    private final List<SeriesFinding> findings;
    private final List<Recommended> recommended;
    private final ScheduleScale scale;
    private final SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT);

    private ScheduleSvg(List<SeriesFinding> findings) {
        this.findings = findings;
        this.recommended = findings.stream().flatMap(Recommended::of).toList();
        this.scale = ScheduleScale.of(findings);
    }

    private record Recommended(long step, double learningRate) {

        static Stream<Recommended> of(SeriesFinding found) {
            return Stream.ofNullable(found.finding().recommendedLearningRate())
                    .map(rate -> new Recommended(found.step(), rate));
        }

        @Override
        public String toString() {
            return Numbers.rate(learningRate) + " at step " + step;
        }
    }

    /** @param findings by step */
    public static String draw(String name, List<SeriesFinding> findings) {
        return new ScheduleSvg(findings).draw(name);
    }

    private String draw(String name) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, 0, "#ffffff");
        drawWindows();
        drawAxes();
        drawRates();
        drawMarks();
        canvas.boldText(LEFT, 38, name, 20, CurveSvg.INK, "start");
        canvas.text(LEFT, 61, summary(), 13, CurveSvg.FAINT, "start");
        canvas.text(RIGHT, HEIGHT - 14, legend(), 12, CurveSvg.FAINT, "end");
        return canvas.document(name);
    }

    private double x(long step) {
        return x((double) step);
    }

    private double x(double step) {
        return LEFT + scale.across(step) * (RIGHT - LEFT);
    }

    private double y(double learningRate) {
        return BOTTOM - scale.up(learningRate) * (BOTTOM - TOP);
    }

    /** A band between neighbours that have a window, and an edge where each was measured. */
    private void drawWindows() {
        for (int index = 1; index < findings.size(); index++) {
            Finding.Window left = findings.get(index - 1).finding().window();
            Finding.Window right = findings.get(index).finding().window();
            if (left != null && right != null) {
                double from = x(findings.get(index - 1).step());
                double to = x(findings.get(index).step());
                canvas.polygon(
                        List.of(
                                from,
                                y(left.minLearningRate()),
                                to,
                                y(right.minLearningRate()),
                                to,
                                y(right.maxLearningRate()),
                                from,
                                y(left.maxLearningRate())),
                        CurveSvg.WINDOW);
            }
        }
        if (findings.size() <= MOST_MARKS) {
            findings.forEach(this::drawEdge);
        }
    }

    private void drawEdge(SeriesFinding found) {
        Finding.Window window = found.finding().window();
        if (window != null) {
            double x = x(found.step());
            canvas.line(x, y(window.minLearningRate()), x, y(window.maxLearningRate()), "#f2d38b", 2);
        }
    }

    private void drawAxes() {
        for (int decade : scale.decades()) {
            double y = y(StrictMath.pow(10, decade));
            canvas.line(LEFT, y, RIGHT, y, CurveSvg.GRID, 1);
            canvas.powerOfTen(LEFT - 24, y + 4, decade, CurveSvg.INK);
        }
        for (double tick : scale.stepTicks()) {
            canvas.line(x(tick), BOTTOM, x(tick), BOTTOM + 5, CurveSvg.FAINT, 1);
            canvas.text(x(tick), BOTTOM + 23, Numbers.loss(tick), 13, CurveSvg.INK, "middle");
        }
        canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, CurveSvg.FAINT, 1.2);
        canvas.line(LEFT, TOP, LEFT, BOTTOM, CurveSvg.FAINT, 1.2);
        canvas.text((LEFT + RIGHT) / 2, HEIGHT - 14, "training step", 14, CurveSvg.INK, "middle");
        canvas.uprightText(26, (TOP + BOTTOM) / 2, "learning rate", 14, CurveSvg.INK);
    }

    private void drawRates() {
        for (int index = 1; index < recommended.size(); index++) {
            Recommended left = recommended.get(index - 1);
            Recommended right = recommended.get(index);
            canvas.line(
                    x(left.step()),
                    y(left.learningRate()),
                    x(right.step()),
                    y(right.learningRate()),
                    SvgFlags.RECOMMENDED,
                    2);
        }
    }

    private void drawMarks() {
        if (findings.size() > MOST_MARKS) {
            return;
        }
        for (Recommended rate : recommended) {
            canvas.circle(x(rate.step()), y(rate.learningRate()), 5, SvgFlags.RECOMMENDED, "#ffffff");
        }
        findings.stream()
                .filter(found -> found.finding().recommendedLearningRate() == null)
                .forEach(found -> canvas.cross(x(found.step()), BOTTOM - 9, 4.5, CurveSvg.ALARM));
    }

    private String summary() {
        if (recommended.isEmpty()) {
            return "no rate is recommended yet";
        }
        Recommended last = recommended.get(recommended.size() - 1);
        return recommended.size() == 1
                ? last.toString()
                : recommended.get(0) + ", " + last + "; " + recommended.size() + " checkpoints";
    }

    private String legend() {
        return "\u25cf recommended \u00b7 band: window"
                + (recommended.size() < findings.size() ? " \u00b7 \u00d7 no rate" : "");
    }
}
