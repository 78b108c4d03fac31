package io.stepsampler.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demonstration's folder: an image set of its own, and the search file beside it. */
public record Demonstration(Path folder) {

    private static final int SIZE = 32;
    private static final int TRAINING_IMAGES_PER_CLASS = 48;
    private static final int VALIDATION_IMAGES_PER_CLASS = 24;

    public Path searchFile() {
        return folder.resolve("search.yaml");
    }

    public Path json() {
        return folder.resolve("finding.json");
    }

    public Path svg() {
        return folder.resolve("curve.svg");
    }

    public void write() throws IOException {
        new ShapeImages(SIZE, 1).write(folder.resolve("train"), TRAINING_IMAGES_PER_CLASS);
        new ShapeImages(SIZE, 2).write(folder.resolve("validation"), VALIDATION_IMAGES_PER_CLASS);
        Files.writeString(searchFile(), searchFileText());
    }

    private static String searchFileText() {
        return """
                name: demo
                model: {family: resnet18, checkpoint: {seed: 42}, options: {classes: %d}}
                data: {format: image-folder, train: train, validation: validation, options: {size: %d}}
                training:
                  loss: cross-entropy
                  optimizer: {name: sgd, momentum: 0.9}
                  batchSize: 16
                  steps: 10
                  seed: 17
                # fewer rates, and less finely bracketed, than the defaults: to be done in about a minute;
                # a second demonstration trains again
                search: {from: 1e-5, to: 10, thresholdDecades: 0.12, reuse: false}
                """.formatted(ShapeImages.classes(), SIZE);
    }
}
