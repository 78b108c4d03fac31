package io.stepsampler.local.demo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Small pictures of shapes at random places, of random sizes, under noise. Each shape has a colour that it keeps to
 * roughly, so that a network learns something in the few steps of a trial. The seed alone decides every pixel.
 */
public record ShapeImages(int size, long seed) {

    private static final int NOISE = 25;

    /** Of the colour circle; a little less than the distance of two classes, so that a few steps are enough to see. */
    private static final double HUE_SPREAD = 0.15;

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
        int[] background = grey(random);
        int[] foreground = colourOf(shape, random);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                boolean inside = shape.contains((x + 0.5 - centreX) / radius, (y + 0.5 - centreY) / radius);
                image.setRGB(x, y, noisy(inside ? foreground : background, random));
            }
        }
        return image;
    }

    private static int[] grey(SplittableRandom random) {
        int brightness = 40 + random.nextInt(176);
        return new int[] {brightness, brightness, brightness};
    }

    private static int[] colourOf(Shape shape, SplittableRandom random) {
        double hue = shape.hueDegrees() / 360.0 + HUE_SPREAD * (random.nextDouble() - 0.5);
        Color colour =
                Color.getHSBColor((float) hue, 0.6f + 0.4f * random.nextFloat(), 0.5f + 0.5f * random.nextFloat());
        return new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()};
    }

    private static int noisy(int[] colour, SplittableRandom random) {
        int pixel = 0;
        for (int channel : colour) {
            int value = channel + random.nextInt(2 * NOISE + 1) - NOISE;
            pixel = (pixel << 8) | Math.max(0, Math.min(255, value));
        }
        return pixel;
    }
}
