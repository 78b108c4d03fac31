package io.stepsampler.worker.data;

import io.stepsampler.messages.Dataset;
import io.stepsampler.worker.input.Refusal;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * From an image to what the network sees of it, as torchvision's usual transforms do: for evaluation the shorter side to
 * {@code resize} and the square in the middle, for training a crop at random, mirrored half the time; then samples
 * divided by 255, less the mean, divided by the standard deviation.
 */
public final class ImageTransform {

    private static final int LARGEST = 4096;

    private final int size;
    private final int resize;
    private final float[] mean;
    private final float[] deviation;

    private ImageTransform(int size, int resize, float[] mean, float[] deviation) {
        this.size = size;
        this.resize = resize;
        this.mean = mean;
        this.deviation = deviation;
    }

    public static ImageTransform of(Dataset.ImageFolder.Options options) throws Refusal {
        int size = options.size();
        if (size < 1 || size > LARGEST) {
            throw Refusal.badInput("data.options.size", size, "it must be 1 to " + LARGEST);
        }
        Integer resize = options.resize();
        if (resize != null && (resize < size || resize > LARGEST)) {
            throw Refusal.badInput(
                    "data.options.resize",
                    resize,
                    "it must be data.options.size, which is " + size + ", to " + LARGEST);
        }
        return new ImageTransform(
                size,
                resize == null ? size : resize,
                channels("data.options.mean", options.mean(), -Float.MAX_VALUE, "three numbers"),
                channels("data.options.std", options.std(), Float.MIN_VALUE, "three numbers above 0"));
    }

    private static float[] channels(String key, List<Double> values, float smallest, String allowed) throws Refusal {
        boolean fine = values.size() == PixelGrid.CHANNELS
                && values.stream()
                        .allMatch(value -> value.floatValue() >= smallest && value.floatValue() <= Float.MAX_VALUE);
        if (!fine) {
            throw Refusal.badInput(key, values, "it must be " + allowed + ", for red, green and blue");
        }
        float[] channels = new float[PixelGrid.CHANNELS];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = values.get(i).floatValue();
        }
        return channels;
    }

    /** Of the square that the network sees. */
    int size() {
        return size;
    }

    /** Python rounds a half to the even neighbour, and so does the crop. */
    PixelGrid evaluated(PixelGrid image) {
        int shorter = Math.min(image.width(), image.height());
        int width = (int) ((long) resize * image.width() / shorter);
        int height = (int) ((long) resize * image.height() / shorter);
        PixelGrid resized = BilinearResize.resize(image, width, height);
        int left = (int) Math.rint((width - size) / 2.0);
        int top = (int) Math.rint((height - size) / 2.0);
        return resized.cropped(left, top, size, size);
    }

    PixelGrid augmented(PixelGrid image, SplitMix64 random) {
        RandomCrop crop = RandomCrop.drawn(image.width(), image.height(), random);
        PixelGrid square =
                BilinearResize.resize(image.cropped(crop.left(), crop.top(), crop.width(), crop.height()), size, size);
        return random.uniform() < 0.5 ? square.mirrored() : square;
    }

    /** One channel after the other. */
    void append(PixelGrid square, FloatBuffer pixels) {
        for (int channel = 0; channel < PixelGrid.CHANNELS; channel++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    float sample = square.sample(row, column, channel) / 255f;
                    pixels.put((sample - mean[channel]) / deviation[channel]);
                }
            }
        }
    }
}
