package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset.ImageFolder.Options;
import io.stepsampler.worker.data.ImageFolder.Image;
import io.stepsampler.worker.input.Refusal;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTransformTest {

    private static final List<Double> NONE = List.of();

    @TempDir
    private Path folder;

    @Test
    void theMiddleIsCutFromALargerImage() throws Exception {
        PixelGrid square = transform(2, 4, NONE, NONE).evaluated(ramp(4, 6));
        assertThat(square.sample(0, 0, 0)).isEqualTo(21);
        assertThat(square.sample(1, 1, 0)).isEqualTo(32);
    }

    @Test
    void samplesAreScaledByTheGivenMeanAndDeviation() throws Exception {
        ImageTransform transform = transform(1, null, List.of(0.5, 0.0, 1.0), List.of(0.5, 1.0, 2.0));
        FloatBuffer pixels = FloatBuffer.allocate(3);
        transform.append(new PixelGrid(1, 1, new int[] {255, 51, 0}), pixels);
        assertThat(pixels.array()).containsExactly(1, 0.2f, -0.5f);
    }

    /** Worked out with the formulas of torchvision's RandomResizedCrop from the same draws. */
    @Test
    void theCropOfARowNeverChanges() {
        assertThat(RandomCrop.drawn(500, 375, SplitMix64.of(17, 0, 3))).isEqualTo(new RandomCrop(238, 17, 146, 192));
    }

    @Test
    void whereNoCropFitsTheMiddleIsTaken() {
        assertThat(RandomCrop.drawn(1000, 1, SplitMix64.of(1, 0, 0))).isEqualTo(new RandomCrop(499, 0, 1, 1));
        assertThat(RandomCrop.drawn(1, 1000, SplitMix64.of(1, 0, 0))).isEqualTo(new RandomCrop(0, 499, 1, 1));
    }

    @Test
    void halfOfTheRowsAreMirrored() throws Exception {
        ImageTransform transform = transform(8, null, NONE, NONE);
        int mirrored = 0;
        for (int row = 0; row < 1000; row++) {
            PixelGrid square = transform.augmented(ramp(40, 40), SplitMix64.of(5, 0, row));
            mirrored += square.sample(0, 0, 0) > square.sample(0, 7, 0) ? 1 : 0;
        }
        assertThat(mirrored).isBetween(450, 550);
    }

    @Test
    void aRowLooksTheSameInEachTrialAndAnotherWayInEachEpoch() throws Exception {
        Path file = folder.resolve("a.png");
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 400; pixel++) {
            image.setRGB(pixel % 20, pixel / 20, pixel * 1000);
        }
        ImageIO.write(image, "png", file.toFile());
        ImageFolder images = new ImageFolder(List.of("a"), List.of(new Image(file, 0)));
        ImageExamples examples = new ImageExamples("data.train", images, transform(8, null, NONE, NONE));
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] first = pixels(examples.augmented(new int[] {0}, 17, 0, manager));
            assertThat(pixels(examples.augmented(new int[] {0}, 17, 0, manager)))
                    .containsExactly(first);
            assertThat(pixels(examples.augmented(new int[] {0}, 17, 1, manager)))
                    .isNotEqualTo(first);
            assertThat(pixels(examples.augmented(new int[] {0}, 18, 0, manager)))
                    .isNotEqualTo(first);
        }
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertRefused(0, null, NONE, NONE, "data.options.size is 0: it must be 1 to 4096");
        assertRefused(
                64, 32, NONE, NONE, "data.options.resize is 32: it must be data.options.size, which is 64, to 4096");
    }

    @Test
    void aBatchTooLargeToNumberIsRefused() throws Exception {
        ImageExamples examples = new ImageExamples(
                "data.train",
                new ImageFolder(List.of("a"), List.of(new Image(folder, 0))),
                transform(4096, null, NONE, NONE));
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> examples.batch(new int[43], manager))
                    .hasMessage("data.options.size is 4096: a batch of 43 images would have 2164260864 numbers; at"
                            + " most 2147483647 are allowed");
        }
    }

    @Test
    void meansAndDeviationsAreThreeUsableNumbers() {
        assertRefused(
                8,
                null,
                List.of(0.5),
                NONE,
                "data.options.mean is [0.5]: it must be three numbers, for red, green and blue");
        assertRefused(
                8,
                null,
                NONE,
                List.of(1.0, 0.0, 1.0),
                "data.options.std is [1.0, 0.0, 1.0]: it must be three numbers above 0, for red, green and blue");
        assertRefused(
                8,
                null,
                List.of(0.0, 0.0, Double.NaN),
                NONE,
                "data.options.mean is [0.0, 0.0, NaN]: it must be three numbers, for red, green and blue");
    }

    /** Ten more in each row, one more in each column. */
    private static PixelGrid ramp(int width, int height) {
        int[] samples = new int[width * height * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 3 / width * (width > 20 ? 0 : 10) + i / 3 % width;
        }
        return new PixelGrid(width, height, samples);
    }

    private static float[] pixels(Batch batch) {
        return batch.inputs().get(0).toFloatArray();
    }

    private static ImageTransform transform(
            int size, @Nullable Integer resize, List<Double> mean, List<Double> deviation) throws Refusal {
        return ImageTransform.of(new Options(size, resize, mean, deviation, true, 1, true));
    }

    private static void assertRefused(
            int size, @Nullable Integer resize, List<Double> mean, List<Double> deviation, String sentence) {
        assertThatThrownBy(() -> transform(size, resize, mean, deviation))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }
}
