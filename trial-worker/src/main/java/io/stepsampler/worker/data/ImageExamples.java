package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Images of shape (N, 3, size, size) and the N classes that their folders stand for. */
public final class ImageExamples implements Examples {

    private final String key;
    private final ImageFolder folder;
    private final ImageTransform transform;

    /** @param key where the search file names the folder, such as {@code data.train} */
    public ImageExamples(String key, ImageFolder folder, ImageTransform transform) {
        ImageIO.setUseCache(false);
        this.key = key;
        this.folder = folder;
        this.transform = transform;
    }

    /** What becomes of the image of a row. */
    private interface View {
        PixelGrid of(int row, PixelGrid image);
    }

    @Override
    public int count() {
        return folder.images().size();
    }

    @Override
    public Batch batch(int[] rows, NDManager manager) throws Refusal {
        return batch(rows, (row, image) -> transform.evaluated(image), manager);
    }

    /**
     * Cropped and mirrored at random. The choices are drawn from the seed, the epoch and the row, so that a row looks
     * the same in each trial of a search, and another way in each epoch.
     */
    public Batch augmented(int[] rows, long seed, long epoch, NDManager manager) throws Refusal {
        return batch(rows, (row, image) -> transform.augmented(image, SplitMix64.of(seed, epoch, row)), manager);
    }

    private Batch batch(int[] rows, View view, NDManager manager) throws Refusal {
        int size = transform.size();
        FloatBuffer pixels = FloatBuffer.allocate(numbers(rows.length, size));
        for (int row : rows) {
            PixelGrid image = PixelGrid.of(decode(folder.images().get(row).file()));
            transform.append(view.of(row, image), pixels);
        }
        long[] labels = Arrays.stream(rows)
                .mapToLong(row -> folder.images().get(row).label())
                .toArray();
        return Batch.of(
                manager.create(pixels.flip(), new Shape(rows.length, PixelGrid.CHANNELS, size, size)),
                manager.create(labels));
    }

    private static int numbers(int images, int size) throws Refusal {
        long numbers = (long) images * PixelGrid.CHANNELS * size * size;
        if (numbers > Integer.MAX_VALUE) {
            throw Refusal.badInput(
                    "data.options.size",
                    size,
                    "a batch of " + images + " images would have " + numbers + " numbers; at most " + Integer.MAX_VALUE
                            + " are allowed");
        }
        return (int) numbers;
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
}
