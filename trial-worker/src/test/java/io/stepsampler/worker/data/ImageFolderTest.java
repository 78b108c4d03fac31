package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.Dataset.ImageFolder.Options;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreFoundInTorchvisionsOrder() throws Exception {
        file("bees/b.JPEG");
        file("bees/a name.jpg");
        file("ants/z.png");
        file("ants/imageNotFound.gif");
        file("ants/nested/a.bmp");
        file("stray.jpg");
        ImageFolder found = read();
        assertThat(found.classes()).containsExactly("ants", "bees");
        assertThat(found.images())
                .extracting(image -> folder.relativize(image.file()) + " " + image.label())
                .containsExactly("ants/z.png 0", "ants/nested/a.bmp 0", "bees/a name.jpg 1", "bees/b.JPEG 1");
    }

    @Test
    void anEmptyClassFolderIsNamed() throws Exception {
        file("ants/a.jpg");
        file("bees/readme.txt");
        assertThatThrownBy(this::read)
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "data.train is " + folder + ": the class folder bees holds no image; each must hold at least"
                                + " one file that ends in one of [bmp, jpeg, jpg, pgm, png, ppm, tif, tiff, webp]");
    }

    @Test
    void aFolderWithoutClassesIsRefused() throws Exception {
        file("a.jpg");
        assertThatThrownBy(this::read)
                .hasMessage("data.train is " + folder
                        + ": it must hold one folder of images for each class, and holds none");
    }

    @Test
    void aMissingFolderIsRefused() {
        assertThatThrownBy(() -> ImageFolder.read("data.train", folder + "/missing", everywhere()))
                .hasMessage("data.train is " + folder + "/missing: there is no such file or folder");
    }

    @Test
    void whatLiesOutsideTheRootsIsForbidden() {
        Locations elsewhere = new Locations(List.of(folder.resolve("allowed")));
        assertThatThrownBy(() -> ImageFolder.read("data.train", folder.toString(), elsewhere))
                .hasMessage("data.train is " + folder + ": this worker reads files below [" + folder.resolve("allowed")
                        + "] only");
    }

    @Test
    void anUndecodableImageIsNamed() throws Exception {
        file("ants/a.webp");
        ImageExamples examples = new ImageExamples("data.train", read(), transform(8));
        try (var manager = ai.djl.ndarray.NDManager.newBaseManager()) {
            assertThatThrownBy(() -> examples.batch(new int[] {0}, manager))
                    .hasMessage("data.train is " + folder.resolve("ants/a.webp")
                            + ": the image cannot be decoded (no reader knows its format);"
                            + " JPEG, PNG, BMP and TIFF in gray or RGB are read");
        }
    }

    /** A triangle of support 2 over a ramp of four: (3·0 + 3·80 + 1·160) / 7, then the mirror image of it. */
    @Test
    void aReductionByTwoWeighsAsPillowDoes() {
        BufferedImage ramp = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int column = 0; column < 4; column++) {
            ramp.getRaster().setSample(column, 0, 0, column * 80);
            ramp.getRaster().setSample(column, 1, 0, column * 80);
        }
        PixelGrid resized = BilinearResize.resize(PixelGrid.of(ramp), 2, 1);
        assertThat(resized.sample(0, 0, 0)).isEqualTo(57);
        assertThat(resized.sample(0, 1, 2)).isEqualTo(183);
    }

    @Test
    void theShorterSideIsResizedAndTheMiddleKept() throws Exception {
        BufferedImage wide = new BufferedImage(30, 10, BufferedImage.TYPE_INT_RGB);
        wide.setRGB(15, 5, 0x102030);
        PixelGrid square = transform(10).evaluated(PixelGrid.of(wide));
        assertThat(square.width()).isEqualTo(10);
        assertThat(new int[] {square.sample(5, 5, 0), square.sample(5, 5, 1), square.sample(5, 5, 2)})
                .containsExactly(0x10, 0x20, 0x30);
    }

    private static ImageTransform transform(int size) throws Refusal {
        return ImageTransform.of(new Options(size, null, List.of(), List.of(), false, 1, false));
    }

    private ImageFolder read() throws Refusal {
        return ImageFolder.read("data.train", folder.toString(), everywhere());
    }

    private static Locations everywhere() {
        return new Locations(List.of(Path.of("/")));
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, file.toFile())) {
            Files.writeString(file, "not an image");
        }
    }
}
