package io.stepsampler.worker.data;

import java.util.Arrays;

/**
 * Resizes as Pillow's antialiased bilinear filter does: a triangle as wide as the reduction, weights in fixed point with
 * 22 bits, rounded to whole samples after the horizontal and after the vertical pass.
 */
final class BilinearResize {

    private static final int PRECISION_BITS = 32 - 8 - 2;

    private BilinearResize() {}

    static PixelGrid resize(PixelGrid image, int width, int height) {
        PixelGrid narrowed = image.width() == width ? image : resizeWidth(image, width);
        return narrowed.height() == height
                ? narrowed
                : resizeWidth(narrowed.transposed(), height).transposed();
    }

    private static PixelGrid resizeWidth(PixelGrid image, int width) {
        Window[] windows = new Window[width];
        Arrays.setAll(windows, column -> Window.of(column, width, image.width()));
        int[] resized = new int[width * image.height() * PixelGrid.CHANNELS];
        int[] sums = new int[PixelGrid.CHANNELS];
        int at = 0;
        for (int row = 0; row < image.height(); row++) {
            for (Window window : windows) {
                Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
                image.addWeighted(row, window.first, window.weights, sums);
                for (int sum : sums) {
                    resized[at++] = Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
                }
            }
        }
        return new PixelGrid(width, image.height(), resized);
    }

    /** Which source columns a column of the result is made of, and how much each weighs. */
    private static final class Window {

        private final int first;
        private final int[] weights;

        private Window(int first, int[] weights) {
            this.first = first;
            this.weights = weights;
        }

        static Window of(int column, int width, int sourceWidth) {
            double scale = (double) sourceWidth / width;
            double support = Math.max(scale, 1.0);
            double center = (column + 0.5) * scale;
            int first = Math.max((int) (center - support + 0.5), 0);
            int end = Math.min((int) (center + support + 0.5), sourceWidth);
            double[] triangle = new double[end - first];
            double total = 0;
            for (int i = 0; i < triangle.length; i++) {
                triangle[i] = Math.max(0, 1 - Math.abs((i + first - center + 0.5) / support));
                total += triangle[i];
            }
            int[] weights = new int[triangle.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (int) (0.5 + triangle[i] / total * (1 << PRECISION_BITS));
            }
            return new Window(first, weights);
        }
    }
}
