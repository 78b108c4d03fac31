package io.stepsampler.worker.data;

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
        int[] resized = new int[width * image.height() * PixelGrid.CHANNELS];
        for (int column = 0; column < width; column++) {
            Window window = Window.of(column, width, image.width());
            for (int row = 0; row < image.height(); row++) {
                for (int channel = 0; channel < PixelGrid.CHANNELS; channel++) {
                    resized[(row * width + column) * PixelGrid.CHANNELS + channel] =
                            window.weighted(image, row, channel);
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

        int weighted(PixelGrid image, int row, int channel) {
            int sum = 1 << (PRECISION_BITS - 1);
            for (int i = 0; i < weights.length; i++) {
                sum += image.sample(row, first + i, channel) * weights[i];
            }
            return Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
        }
    }
}
