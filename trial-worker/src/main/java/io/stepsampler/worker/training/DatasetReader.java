package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.data.Examples;
import io.stepsampler.worker.data.ImageExamples;
import io.stepsampler.worker.data.ImageFolder;
import io.stepsampler.worker.data.TensorExamples;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.training.ExampleBatches.Order;
import io.stepsampler.worker.training.Preparation.SearchData;

/** Reads the batches of each format onto the device. */
record DatasetReader(Probe probe, Locations locations, NDManager manager) {

    private static final String TRAIN = "data.train";
    private static final String VALIDATION = "data.validation";

    SearchData read(Dataset data) throws Refusal {
        if (data instanceof Dataset.ImageFolder images) {
            return images(images);
        }
        if (data instanceof Dataset.Tensors tensors) {
            return tensors(tensors);
        }
        throw new IllegalArgumentException("a " + data.getClass().getSimpleName() + " is not read");
    }

    private SearchData images(Dataset.ImageFolder data) throws Refusal {
        int size = data.options().size();
        if (size < 1) {
            throw Refusal.badInput("data.options.size", size, "it must be at least 1");
        }
        ImageFolder train = ImageFolder.read(TRAIN, data.train(), locations);
        ImageFolder validation = ImageFolder.read(VALIDATION, data.validation(), locations);
        requireClasses(data, train, validation);
        return examples(
                new ImageExamples(TRAIN, train, size),
                new ImageExamples(VALIDATION, validation, size),
                data.options().shuffle(),
                data.options().validationExamples(),
                data.train(),
                data.validation());
    }

    private SearchData tensors(Dataset.Tensors data) throws Refusal {
        try (Examples train = TensorExamples.read(
                        TRAIN, data.train(), probe.training().loss(), locations);
                Examples validation = TensorExamples.read(
                        VALIDATION, data.validation(), probe.training().loss(), locations)) {
            return examples(
                    train,
                    validation,
                    data.options().shuffle(),
                    data.options().validationExamples(),
                    data.train(),
                    data.validation());
        }
    }

    private SearchData examples(
            Examples train,
            Examples validation,
            boolean shuffled,
            int validationExamples,
            String trainLocation,
            String validationLocation)
            throws Refusal {
        ExampleBatches batches = new ExampleBatches(probe, manager);
        return new SearchData(
                batches.training(train, Order.of(shuffled)),
                batches.validation(validation, validationExamples),
                trainLocation,
                validationLocation);
    }

    private void requireClasses(Dataset.ImageFolder data, ImageFolder train, ImageFolder validation) throws Refusal {
        if (!train.classes().equals(validation.classes())) {
            throw Refusal.badInput(
                    VALIDATION,
                    data.validation(),
                    "its class folders are " + validation.classes() + "; they must be those of data.train, "
                            + train.classes());
        }
        if (probe.model() instanceof Model.ResNet18 resNet
                && resNet.options().classes() != train.classes().size()) {
            throw Refusal.badInput(
                    "model.options.classes",
                    resNet.options().classes(),
                    "data.train has " + train.classes().size() + " class folders " + train.classes()
                            + "; the numbers must be equal");
        }
    }
}
