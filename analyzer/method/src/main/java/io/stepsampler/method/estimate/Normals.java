package io.stepsampler.method.estimate;

import java.util.Random;

/** Standard normal numbers, always the same: the same losses give the same intervals. */
final class Normals {

    private static final int COUNT = 1 << 15;
    private static final double[] NUMBERS = numbers(new Random(20_261_124));

    private int next;

    private static double[] numbers(Random random) {
        double[] numbers = new double[COUNT];
        for (int index = 0; index < COUNT; index++) {
            numbers[index] = random.nextGaussian();
        }
        return numbers;
    }

    /** Begins again after 32,768. */
    double next() {
        next = (next + 1) & (COUNT - 1);
        return NUMBERS[next];
    }
}
