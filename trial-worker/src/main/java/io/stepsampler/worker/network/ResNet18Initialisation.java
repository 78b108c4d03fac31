package io.stepsampler.worker.network;

import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.SplitMix64;
import java.util.Arrays;

/**
 * Torchvision's initialisation, drawn by one {@link SplitMix64} of (seed, 0) in the order of {@link ResNet18Layout}, so
 * that a seed means the same network on every machine: convolutions normal with variance 2 / (outputs · side²) by
 * Marsaglia's polar method, the last layer uniform within 1/√inputs, BatchNorm's scale 1 and shift 0.
 */
final class ResNet18Initialisation {

    private final SplitMix64 random;

    ResNet18Initialisation(long seed) {
        random = SplitMix64.of(seed, 0);
    }

    /** Must be called for each tensor of the layout in turn. */
    float[] next(String name, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        if (shape.dimension() == 4) {
            drawNormal(values, StrictMath.sqrt(2.0 / (shape.get(0) * shape.get(2) * shape.get(3))));
        } else if (name.startsWith("fc.")) {
            drawUniform(values, 1 / StrictMath.sqrt(512));
        } else if (name.endsWith(".weight") || name.endsWith(".running_var")) {
            Arrays.fill(values, 1);
        }
        return values;
    }

    private void drawUniform(float[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.uniform() - 1) * bound);
        }
    }

    /** Each accepted point of the unit disc gives two values; the second of the last pair may be left over. */
    private void drawNormal(float[] values, double standardDeviation) {
        for (int i = 0; i < values.length; i += 2) {
            double u;
            double v;
            double square;
            do {
                u = 2 * random.uniform() - 1;
                v = 2 * random.uniform() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            double factor = standardDeviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            values[i] = (float) (u * factor);
            if (i + 1 < values.length) {
                values[i + 1] = (float) (v * factor);
            }
        }
    }
}
