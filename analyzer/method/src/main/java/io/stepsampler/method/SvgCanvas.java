package io.stepsampler.method;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shapes as SVG elements with plain attributes, which every viewer draws alike. */
final class SvgCanvas {

    private static final String FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, sans-serif";

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    SvgCanvas(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void rectangle(double x, double y, double w, double h, double radius, String fill) {
        add("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='%.1f' fill='%s'/>", x, y, w, h, radius, fill);
    }

    /** @param corners x and y in turn */
    void polygon(List<Double> corners, String fill) {
        String places = corners.stream()
                .map(corner -> String.format(Locale.ROOT, "%.1f", corner))
                .collect(Collectors.joining(" "));
        add("<polygon points='%s' fill='%s'/>", places, fill);
    }

    void line(double x1, double y1, double x2, double y2, String stroke, double strokeWidth) {
        add(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='%.1f'/>",
                x1, y1, x2, y2, stroke, strokeWidth);
    }

    void dashedLine(double x1, double y1, double x2, double y2, String stroke) {
        add(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='1.2' stroke-dasharray='5 4'/>",
                x1, y1, x2, y2, stroke);
    }

    void circle(double x, double y, double radius, String fill, String stroke) {
        add(
                "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s' stroke='%s' stroke-width='1.2'/>",
                x, y, radius, fill, stroke);
    }

    void cross(double x, double y, double size, String stroke) {
        add(
                "<path d='M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f' stroke='%s' stroke-width='2' stroke-linecap='round'/>",
                x - size, y - size, x + size, y + size, x - size, y + size, x + size, y - size, stroke);
    }

    void triangle(double x, double y, double size, String fill) {
        add(
                "<path d='M%.1f %.1fL%.1f %.1fL%.1f %.1fZ' fill='%s'/>",
                x, y - size, x + size, y + size, x - size, y + size, fill);
    }

    /** {@code anchor}: start, middle or end. */
    void text(double x, double y, String text, int size, String fill, String anchor) {
        add(
                "<text x='%.1f' y='%.1f' font-size='%d' fill='%s' text-anchor='%s'>%s</text>",
                x, y, size, fill, anchor, escaped(text));
    }

    void boldText(double x, double y, String text, int size, String fill, String anchor) {
        add(
                "<text x='%.1f' y='%.1f' font-size='%d' font-weight='bold' fill='%s' text-anchor='%s'>%s</text>",
                x, y, size, fill, anchor, escaped(text));
    }

    void uprightText(double x, double y, String text, int size, String fill) {
        add(
                "<text transform='translate(%.1f %.1f) rotate(-90)' font-size='%d' fill='%s' text-anchor='middle'>%s</text>",
                x, y, size, fill, escaped(text));
    }

    void powerOfTen(double x, double y, int exponent, String fill) {
        add(
                "<text x='%.1f' y='%.1f' font-size='13' fill='%s' text-anchor='middle'>10<tspan dy='-5' font-size='9'>%s</tspan></text>",
                x, y, fill, String.valueOf(exponent).replace('-', '\u2212'));
    }

    String document(String title) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' role='img' font-family=\"%s\">\n",
                        width,
                        height,
                        width,
                        height,
                        FONT)
                + "<title>" + escaped(title) + "</title>\n" + elements + "</svg>\n";
    }

    private void add(String element, Object... values) {
        elements.append(String.format(Locale.ROOT, element, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }
}
