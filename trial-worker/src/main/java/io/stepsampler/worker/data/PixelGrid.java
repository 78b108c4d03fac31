package io.stepsampler.worker.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** An image as red, green and blue samples from 0 to 255, interleaved, row by row. */
final class PixelGrid {

    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int[] samples;

    PixelGrid(int width, int height, int[] samples) {
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The stored samples without any colour management, as Pillow's {@code convert("RGB")} gives them. */
    static PixelGrid of(BufferedImage image) {
        Raster raster = image.getRaster();
        int bits = image.getSampleModel().getSampleSize(0);
        if (image.getColorModel() instanceof IndexColorModel || bits < Byte.SIZE) {
            return converted(image);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = raster.getNumBands();
        int[] stored = raster.getPixels(raster.getMinX(), raster.getMinY(), width, height, (int[]) null);
        boolean gray = bands < CHANNELS;
        int[] samples = new int[width * height * CHANNELS];
        for (int pixel = 0; pixel < width * height; pixel++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                int band = gray ? 0 : channel;
                samples[pixel * CHANNELS + channel] = stored[pixel * bands + band] >> (bits - Byte.SIZE);
            }
        }
        return new PixelGrid(width, height, samples);
    }

    private static PixelGrid converted(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
        int[] samples = new int[packed.length * CHANNELS];
        for (int pixel = 0; pixel < packed.length; pixel++) {
            samples[pixel * CHANNELS] = packed[pixel] >> 16 & 0xff;
            samples[pixel * CHANNELS + 1] = packed[pixel] >> 8 & 0xff;
            samples[pixel * CHANNELS + 2] = packed[pixel] & 0xff;
        }
        return new PixelGrid(width, height, samples);
    }

    int sample(int row, int column, int channel) {
        return samples[(row * width + column) * CHANNELS + channel];
    }

    PixelGrid transposed() {
        int[] turned = new int[samples.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                System.arraycopy(
                        samples,
                        (row * width + column) * CHANNELS,
                        turned,
                        (column * height + row) * CHANNELS,
                        CHANNELS);
            }
        }
        return new PixelGrid(height, width, turned);
    }

    PixelGrid cropped(int left, int top, int keptWidth, int keptHeight) {
        int[] kept = new int[keptWidth * keptHeight * CHANNELS];
        for (int row = 0; row < keptHeight; row++) {
            System.arraycopy(
                    samples,
                    ((top + row) * width + left) * CHANNELS,
                    kept,
                    row * keptWidth * CHANNELS,
                    keptWidth * CHANNELS);
        }
        return new PixelGrid(keptWidth, keptHeight, kept);
    }

    /** Left and right swapped. */
    PixelGrid mirrored() {
        int[] mirrored = new int[samples.length];
        for (int pixel = 0; pixel < width * height; pixel++) {
            int row = pixel / width;
            int other = row * width + (width - 1 - pixel % width);
            System.arraycopy(samples, pixel * CHANNELS, mirrored, other * CHANNELS, CHANNELS);
        }
        return new PixelGrid(width, height, mirrored);
    }

    /** The weighted sum of neighbours in a row, each channel for itself, added to what {@code sums} holds. */
    void addWeighted(int row, int first, int[] weights, int[] sums) {
        int at = (row * width + first) * CHANNELS;
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int weight : weights) {
            red += samples[at] * weight;
            green += samples[at + 1] * weight;
            blue += samples[at + 2] * weight;
            at += CHANNELS;
        }
        sums[0] += red;
        sums[1] += green;
        sums[2] += blue;
    }
}
