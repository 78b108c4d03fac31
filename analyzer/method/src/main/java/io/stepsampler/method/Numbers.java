package io.stepsampler.method;

import java.util.Locale;

/** Numbers as a reader of a picture wants them: short. */
final class Numbers {

    private Numbers() {}

    /** Three significant digits, without trailing zeros: 1e-3, 3.16e-4, 1e22. */
    static String rate(double value) {
        String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e", -1);
        String digits = parts[0].contains(".") ? parts[0].replaceAll("\\.?0+$", "") : parts[0];
        return digits + "e" + Integer.parseInt(parts[1]);
    }

    static String loss(double value) {
        double size = Math.abs(value);
        return size != 0 && (size >= 1e5 || size < 1e-3)
                ? rate(value)
                : trimmed(String.format(Locale.ROOT, "%.4f", value));
    }

    private static String trimmed(String decimal) {
        return decimal.replaceAll("\\.?0+$", "");
    }
}
