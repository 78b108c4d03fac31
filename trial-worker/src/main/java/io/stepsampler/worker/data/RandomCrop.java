package io.stepsampler.worker.data;

/**
 * The part of an image that torchvision's {@code RandomResizedCrop} takes with its own settings: an area of 8 to 100 % of
 * the image's, sides as 3:4 to 4:3, at ten attempts; then, where none fitted, the middle.
 */
record RandomCrop(int left, int top, int width, int height) {

    private static final double SMALLEST_AREA = 0.08;
    private static final double NARROWEST = 3.0 / 4;
    private static final double WIDEST = 4.0 / 3;
    private static final int ATTEMPTS = 10;

    /** Draws the area, the logarithm of width by height, and, once they fit, the top and the left. */
    static RandomCrop drawn(int imageWidth, int imageHeight, SplitMix64 random) {
        double area = (double) imageWidth * imageHeight;
        double narrowest = StrictMath.log(NARROWEST);
        double widest = StrictMath.log(WIDEST);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double wanted = area * (SMALLEST_AREA + (1 - SMALLEST_AREA) * random.uniform());
            double ratio = StrictMath.exp(narrowest + (widest - narrowest) * random.uniform());
            int width = (int) Math.rint(Math.sqrt(wanted * ratio));
            int height = (int) Math.rint(Math.sqrt(wanted / ratio));
            if (0 < width && width <= imageWidth && 0 < height && height <= imageHeight) {
                int top = random.below(imageHeight - height + 1);
                int left = random.below(imageWidth - width + 1);
                return new RandomCrop(left, top, width, height);
            }
        }
        return middle(imageWidth, imageHeight);
    }

    private static RandomCrop middle(int imageWidth, int imageHeight) {
        double ratio = (double) imageWidth / imageHeight;
        int width = ratio > WIDEST ? (int) Math.rint(imageHeight * WIDEST) : imageWidth;
        int height = ratio < NARROWEST ? (int) Math.rint(imageWidth / NARROWEST) : imageHeight;
        return new RandomCrop((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
    }
}
