package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import java.util.List;
import java.util.stream.DoubleStream;

/** The curve of a finding as a self-contained SVG picture. */
public final class CurveSvg {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 580;
    private static final double LEFT = 92;
    private static final double RIGHT = WIDTH - 30;
    private static final double STRIP_TOP = 164;
    private static final double TOP = 200;
    private static final double BOTTOM = HEIGHT - 66;

    static final String INK = "#212529";
    static final String FAINT = "#868e96";
    static final String GRID = "#e9ecef";
    static final String WINDOW = "#fff3d6";
    private static final String CURVE = "#495057";
    static final String ALARM = "#c92a2a";

    private final Finding finding;
    private final PictureScale scale;
    private final SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT);

    private CurveSvg(Finding finding) {
        this.finding = finding;
        this.scale = PictureScale.of(finding);
    }

    public static String draw(Finding finding) {
        return new CurveSvg(finding).draw();
    }

    private String draw() {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, 0, "#ffffff");
        drawWindow();
        drawAxes();
        drawBaseline();
        drawFlags();
        drawLines();
        DrawnPoints.of(finding).stream()
                .filter(point -> point.learningRate() > 0)
                .forEach(this::drawPoint);
        drawOffScaleValues();
        drawRecommendedPoint();
        String title = Headline.title(finding);
        canvas.boldText(LEFT, 38, title, 20, INK, "start");
        canvas.text(LEFT, 61, Headline.summary(finding), 13, FAINT, "start");
        canvas.text(RIGHT, HEIGHT - 14, Headline.legend(finding, scale), 12, FAINT, "end");
        return canvas.document(title);
    }

    private double x(double learningRate) {
        return LEFT + scale.across(learningRate) * (RIGHT - LEFT);
    }

    private double y(double loss) {
        return BOTTOM - scale.up(loss) * (BOTTOM - TOP);
    }

    private void drawWindow() {
        canvas.rectangle(LEFT, STRIP_TOP, RIGHT - LEFT, TOP - STRIP_TOP, 0, "#f8f9fa");
        Finding.Window window = finding.window();
        if (window != null) {
            double from = x(window.minLearningRate());
            double to = x(window.maxLearningRate());
            canvas.rectangle(from, TOP, to - from, BOTTOM - TOP, 0, WINDOW);
            drawWindowLabel(from, to);
        }
    }

    /** Between the poles that stand furthest apart, if there is room. */
    private void drawWindowLabel(double from, double to) {
        double[] edges = DoubleStream.concat(
                        DoubleStream.of(from, to),
                        finding.selections().stream().mapToDouble(selection -> x(selection.learningRate())))
                .filter(edge -> edge >= from && edge <= to)
                .sorted()
                .toArray();
        double widest = 0;
        double middle = from;
        for (int index = 1; index < edges.length; index++) {
            if (edges[index] - edges[index - 1] > widest) {
                widest = edges[index] - edges[index - 1];
                middle = (edges[index] + edges[index - 1]) / 2;
            }
        }
        if (widest > SvgFlags.width("window", 12)) {
            canvas.text(middle, BOTTOM - 9, "window", 12, "#b08900", "middle");
        }
    }

    private void drawAxes() {
        for (double tick : scale.lossTicks()) {
            canvas.line(LEFT, y(tick), RIGHT, y(tick), GRID, 1);
            canvas.text(LEFT - 10, y(tick) + 4, Numbers.loss(tick), 13, INK, "end");
        }
        for (int decade : scale.decades()) {
            double x = x(StrictMath.pow(10, decade));
            canvas.line(x, TOP, x, BOTTOM, GRID, 1);
            canvas.line(x, BOTTOM, x, BOTTOM + 5, FAINT, 1);
            canvas.powerOfTen(x, BOTTOM + 23, decade, INK);
        }
        canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, FAINT, 1.2);
        canvas.line(LEFT, TOP, LEFT, BOTTOM, FAINT, 1.2);
        canvas.text((LEFT + RIGHT) / 2, HEIGHT - 14, "learning rate", 14, INK, "middle");
        canvas.uprightText(26, (TOP + BOTTOM) / 2, Headline.lossAxis(finding), 14, INK);
    }

    private void drawBaseline() {
        Double loss = finding.baselineLoss();
        if (loss != null) {
            canvas.dashedLine(LEFT, y(loss), RIGHT, y(loss), FAINT);
            canvas.text(RIGHT - 6, y(loss) - 6, "baseline " + Numbers.loss(loss), 12, FAINT, "end");
        }
    }

    private void drawFlags() {
        new SvgFlags(canvas, LEFT, RIGHT, BOTTOM).draw(finding, this::x);
    }

    /** A line through the losses on the scale; where a neighbour is off it, a fainter one to its mark. */
    private void drawLines() {
        List<Point> measured = DrawnPoints.of(finding).stream()
                .filter(point -> point.learningRate() > 0 && point.outcome() == Status.MEASURED)
                .toList();
        for (int index = 1; index < measured.size(); index++) {
            Point left = measured.get(index - 1);
            Point right = measured.get(index);
            boolean leftShown = isShown(left);
            if (leftShown && isShown(right)) {
                canvas.line(x(left.learningRate()), height(left), x(right.learningRate()), height(right), CURVE, 1.6);
            } else if (leftShown || isShown(right)) {
                canvas.dashedLine(
                        x(left.learningRate()),
                        Math.max(TOP, height(left)),
                        x(right.learningRate()),
                        Math.max(TOP, height(right)),
                        "#ced4da");
            }
        }
    }

    private boolean isShown(Point point) {
        Double loss = point.loss();
        return loss != null && scale.shows(loss);
    }

    private double height(Point point) {
        Double loss = point.loss();
        return loss != null && scale.shows(loss) ? y(loss) : STRIP_TOP + 13;
    }

    private void drawPoint(Point point) {
        double x = x(point.learningRate());
        double y = height(point);
        switch (point.outcome()) {
            case DIVERGED -> canvas.cross(x, y, 4.5, ALARM);
            case FAILED -> canvas.circle(x, y, 4.5, "#ffffff", FAINT);
            case MEASURED -> {
                if (isShown(point)) {
                    canvas.circle(x, y, 4, CURVE, "#ffffff");
                } else {
                    canvas.triangle(x, y, 5, ALARM);
                }
            }
        }
    }

    /** As many as find room. */
    private void drawOffScaleValues() {
        double free = LEFT;
        for (Point point : DrawnPoints.of(finding)) {
            Double loss = point.loss();
            if (point.learningRate() > 0 && loss != null && !scale.shows(loss)) {
                String value = loss >= 1000 ? Numbers.rate(loss) : Numbers.loss(Math.rint(loss * 100) / 100);
                double half = SvgFlags.width(value, 10) / 2;
                double x = Math.min(x(point.learningRate()), RIGHT - half);
                if (x - half >= free) {
                    canvas.text(x, TOP - 5, value, 10, ALARM, "middle");
                    free = x + half + 4;
                }
            }
        }
    }

    private void drawRecommendedPoint() {
        Double rate = finding.recommendedLearningRate();
        Finding.Confirmation confirmed = finding.confirmed();
        if (rate != null && confirmed != null && scale.shows(confirmed.loss())) {
            canvas.circle(x(rate), y(confirmed.loss()), 7, SvgFlags.RECOMMENDED, "#ffffff");
        }
    }
}
