package io.stepsampler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Search files whose trials replay a smooth curve. {@code curve}: where it is. */
record ReplaySearch(Path curve) {

    static ReplaySearch in(Path folder) throws IOException {
        StringBuilder curve = new StringBuilder("learning_rate,loss\n0,1.0\n");
        for (int step = -80; step <= 20; step++) {
            double exponent = step / 10.0;
            double loss = 1 - 0.8 * Math.exp(-Math.pow(exponent + 2, 2)) + Math.max(0, exponent);
            curve.append(Math.pow(10, exponent)).append(',').append(loss).append('\n');
        }
        return new ReplaySearch(Files.writeString(folder.resolve("curve.csv"), curve));
    }

    /** @param seed tells a search from every other one, so that each is trained */
    String file(double trialSeconds, long seed) {
        return "{model: {family: replay, checkpoint: " + curve + ", options: {trialSeconds: " + trialSeconds
                + "}}, training: {seed: " + seed + "}}";
    }
}
