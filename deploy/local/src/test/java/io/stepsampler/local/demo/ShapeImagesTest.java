package io.stepsampler.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeImagesTest {

    @Test
    void theSeedDecidesEveryPixel(@TempDir Path folder) throws IOException {
        new ShapeImages(16, 1).write(folder.resolve("first"), 3);
        new ShapeImages(16, 1).write(folder.resolve("second"), 3);
        new ShapeImages(16, 2).write(folder.resolve("other"), 3);
        assertThat(pixels(folder.resolve("first"))).isEqualTo(pixels(folder.resolve("second")));
        assertThat(pixels(folder.resolve("first"))).isNotEqualTo(pixels(folder.resolve("other")));
    }

    @Test
    void eachClassHasItsFolder(@TempDir Path folder) throws IOException {
        new ShapeImages(16, 1).write(folder, 2);
        try (var classes = Files.list(folder)) {
            assertThat(classes.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("cross", "disc", "ring", "square", "triangle");
        }
        assertThat(folder.resolve("ring/000.png")).exists();
        assertThat(folder.resolve("ring/001.png")).exists();
    }

    @Test
    void shapesAreTold() {
        assertThat(Shape.RING.contains(0, 0)).isFalse();
        assertThat(Shape.DISC.contains(0, 0)).isTrue();
        assertThat(Shape.DISC.contains(0.85, 0.85)).isFalse();
        assertThat(Shape.SQUARE.contains(0.85, 0.85)).isTrue();
        assertThat(Shape.CROSS.contains(0.5, 0.5)).isFalse();
        assertThat(Shape.TRIANGLE.contains(0.5, -0.9)).isFalse();
    }

    private static List<Integer> pixels(Path folder) throws IOException {
        var image = ImageIO.read(folder.resolve("disc/002.png").toFile());
        return Arrays.stream(image.getRGB(0, 0, 16, 16, null, 0, 16)).boxed().toList();
    }
}
