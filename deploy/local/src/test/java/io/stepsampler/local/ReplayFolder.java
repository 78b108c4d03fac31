package io.stepsampler.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a curve to replay, the search file for it and the findings. Every trial is run. */
record ReplayFolder(Path folder) {

    static ReplayFolder in(Path folder, double trialSeconds) throws IOException {
        Files.createDirectories(folder);
        StringBuilder curve = new StringBuilder("learning_rate,loss\n0,1.0\n");
        for (int step = -160; step <= 40; step++) {
            double exponent = step / 20.0;
            double fromMinimum = exponent + 2;
            double loss = 1 - 0.8 * Math.exp(-fromMinimum * fromMinimum) + Math.max(0, exponent);
            curve.append(Math.pow(10, exponent)).append(',').append(loss).append('\n');
        }
        Files.writeString(folder.resolve("curve.csv"), curve);
        Files.writeString(
                folder.resolve("search.yaml"),
                "name: replay\nmodel: {family: replay, checkpoint: curve.csv, options: {trialSeconds: " + trialSeconds
                        + "}}\nsearch: {thresholdDecades: 0.2, reuse: false}\n");
        return new ReplayFolder(folder);
    }

    String searchFile() {
        return folder.resolve("search.yaml").toString();
    }

    String finding(String name) {
        return folder.resolve(name).toString();
    }

    ObjectNode readFinding(String name) throws IOException {
        return (ObjectNode) MessageJson.mapper().readTree(folder.resolve(name).toFile());
    }
}
