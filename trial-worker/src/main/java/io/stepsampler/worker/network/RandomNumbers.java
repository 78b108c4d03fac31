package io.stepsampler.worker.network;

import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.SplitMix64;
import java.util.Arrays;

/**
 * Draws the numbers of a fresh tensor, the same on every machine: normal ones by Marsaglia's polar method with the
 * logarithm of {@link StrictMath}; a square root is exact anyhow.
 */
final class RandomNumbers {

    private RandomNumbers() {}

    static float[] draw(Draw draw, Shape shape, SplitMix64 random) {
        float[] numbers = new float[Math.toIntExact(shape.size())];
        if (draw instanceof Draw.Constant constant) {
            Arrays.fill(numbers, constant.value());
        } else if (draw instanceof Draw.Uniform uniform) {
            drawUniform(numbers, uniform.bound(), random);
        } else if (draw instanceof Draw.Normal normal) {
            drawNormal(numbers, normal.standardDeviation(), random);
            int width = (int) shape.get(shape.dimension() - 1);
            normal.zeroRow().ifPresent(row -> Arrays.fill(numbers, row * width, (row + 1) * width, 0));
        }
        return numbers;
    }

    private static void drawUniform(float[] numbers, double bound, SplitMix64 random) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) ((2 * random.uniform() - 1) * bound);
        }
    }

    /** Each accepted point of the unit disc gives two numbers; the second of the last pair may be left over. */
    private static void drawNormal(float[] numbers, double standardDeviation, SplitMix64 random) {
        for (int i = 0; i < numbers.length; i += 2) {
            double u;
            double v;
            double square;
            do {
                u = 2 * random.uniform() - 1;
                v = 2 * random.uniform() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            double factor = standardDeviation * Math.sqrt(-2 * StrictMath.log(square) / square);
            numbers[i] = (float) (u * factor);
            if (i + 1 < numbers.length) {
                numbers[i + 1] = (float) (v * factor);
            }
        }
    }
}
