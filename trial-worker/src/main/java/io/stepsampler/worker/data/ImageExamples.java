package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.ImageFolder.Image;
import io.stepsampler.worker.input.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * Images as torchvision's usual evaluation transforms give them: shorter side to {@code size}, centre crop, samples
 * divided by 255, less ImageNet's mean, divided by its standard deviation; (N, 3, size, size).
 */
public final class ImageExamples implements Examples {

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STANDARD_DEVIATION = {0.229f, 0.224f, 0.225f};

    private final String key;
    private final ImageFolder folder;
    private final int size;

    public ImageExamples(String key, ImageFolder folder, int size) {
        ImageIO.setUseCache(false);
        this.key = key;
        this.folder = folder;
        this.size = size;
    }

    @Override
    public int count() {
        return folder.images().size();
    }

    @Override
    public Batch batch(int[] rows, NDManager manager) throws Refusal {
        FloatBuffer pixels = FloatBuffer.allocate(rows.length * PixelGrid.CHANNELS * size * size);
        for (int row : rows) {
            append(folder.images().get(row), pixels);
        }
        long[] labels = Arrays.stream(rows)
                .mapToLong(row -> folder.images().get(row).label())
                .toArray();
        return Batch.of(
                manager.create(pixels.flip(), new Shape(rows.length, PixelGrid.CHANNELS, size, size)),
                manager.create(labels));
    }

    private void append(Image image, FloatBuffer pixels) throws Refusal {
        PixelGrid square = square(PixelGrid.of(decode(image.file())), size);
        for (int channel = 0; channel < PixelGrid.CHANNELS; channel++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    float sample = square.sample(row, column, channel) / 255f;
                    pixels.put((sample - MEAN[channel]) / STANDARD_DEVIATION[channel]);
                }
            }
        }
    }

    private BufferedImage decode(Path file) throws Refusal {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            throw undecodable(file, String.valueOf(e.getMessage()));
        }
        if (image == null) {
            throw undecodable(file, "no reader knows its format");
        }
        return image;
    }

    private Refusal undecodable(Path file, String reason) {
        return Refusal.badInput(
                key,
                file,
                "the image cannot be decoded (" + reason + "); JPEG, PNG, BMP and TIFF in gray or RGB are read");
    }

    /** Python rounds a half to the even neighbour, and so does the crop. */
    static PixelGrid square(PixelGrid image, int size) {
        int shorter = Math.min(image.width(), image.height());
        int width = (int) ((long) size * image.width() / shorter);
        int height = (int) ((long) size * image.height() / shorter);
        PixelGrid resized = BilinearResize.resize(image, width, height);
        int left = (int) Math.rint((width - size) / 2.0);
        int top = (int) Math.rint((height - size) / 2.0);
        return resized.cropped(left, top, size);
    }
}
