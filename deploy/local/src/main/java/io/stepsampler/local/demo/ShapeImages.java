package io.stepsampler.local.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Small pictures of shapes at random places, of random sizes and colours, under noise. The seed alone decides every
 * pixel.
 */
public record ShapeImages(int size, long seed) {

    private static final int NOISE = 40;

    public static int classes() {
        return Shape.values().length;
    }

    /** Writes one folder for each class. */
    public void write(Path folder, int imagesPerClass) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (Shape shape : Shape.values()) {
            Path classFolder =
                    Files.createDirectories(folder.resolve(shape.name().toLowerCase(Locale.ROOT)));
            for (int number = 0; number < imagesPerClass; number++) {
                Path file = classFolder.resolve(String.format(Locale.ROOT, "%03d.png", number));
                if (!ImageIO.write(draw(shape, random.split()), "png", file.toFile())) {
                    throw new IOException("this Java cannot write PNG files");
                }
            }
        }
    }

    BufferedImage draw(Shape shape, SplittableRandom random) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        double radius = size * (0.18 + 0.2 * random.nextDouble());
        double centreX = radius + (size - 2 * radius) * random.nextDouble();
        double centreY = radius + (size - 2 * radius) * random.nextDouble();
        int[] background = colour(random, 0);
        int[] foreground = colour(random, 96);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                boolean inside = shape.contains((x + 0.5 - centreX) / radius, (y + 0.5 - centreY) / radius);
                image.setRGB(x, y, noisy(inside ? foreground : background, random));
            }
        }
        return image;
    }

    private static int[] colour(SplittableRandom random, int darkest) {
        return new int[] {
            darkest + random.nextInt(160), darkest + random.nextInt(160), darkest + random.nextInt(160),
        };
    }

    private static int noisy(int[] colour, SplittableRandom random) {
        int pixel = 0;
        for (int channel : colour) {
            int value = channel + random.nextInt(2 * NOISE + 1) - NOISE;
            pixel = pixel << 8 | Math.max(0, Math.min(255, value));
        }
        return pixel;
    }
}
