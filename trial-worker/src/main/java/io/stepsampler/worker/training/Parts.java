package io.stepsampler.worker.training;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.data.Examples;
import io.stepsampler.worker.data.ImageExamples;
import io.stepsampler.worker.data.ImageFolder;
import io.stepsampler.worker.data.ImageTransform;
import io.stepsampler.worker.data.TensorExamples;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;

/** The parts of the data that a trial sees, opened for reading. */
record Parts(Examples train, Examples validation) implements AutoCloseable {

    private static final String TRAIN = "data.train";
    private static final String VALIDATION = "data.validation";

    static Parts open(Dataset data, Probe probe, Locations locations) throws Refusal {
        if (data instanceof Dataset.ImageFolder images) {
            return open(images, probe.model(), locations);
        }
        if (!(data instanceof Dataset.Tensors tensors)) {
            throw Refusal.unsupported("data.format", data.getClass().getSimpleName(), "it is not read yet");
        }
        Examples train =
                TensorExamples.read(TRAIN, tensors.train(), probe.training().loss(), locations);
        try {
            Examples validation = TensorExamples.read(
                    VALIDATION, tensors.validation(), probe.training().loss(), locations);
            return new Parts(train, validation);
        } catch (Refusal e) {
            train.close();
            throw e;
        }
    }

    private static Parts open(Dataset.ImageFolder data, Model model, Locations locations) throws Refusal {
        ImageTransform transform = ImageTransform.of(data.options());
        ImageFolder train = ImageFolder.read(TRAIN, data.train(), locations);
        ImageFolder validation = ImageFolder.read(VALIDATION, data.validation(), locations);
        if (!train.classes().equals(validation.classes())) {
            throw Refusal.badInput(
                    VALIDATION,
                    data.validation(),
                    "its class folders are " + validation.classes() + "; they must be those of data.train, "
                            + train.classes());
        }
        if (model instanceof Model.ResNet18 resNet
                && resNet.options().classes() != train.classes().size()) {
            throw Refusal.badInput(
                    "model.options.classes",
                    resNet.options().classes(),
                    "data.train has " + train.classes().size() + " class folders " + train.classes()
                            + "; the numbers must be equal");
        }
        return new Parts(
                new ImageExamples(TRAIN, train, transform), new ImageExamples(VALIDATION, validation, transform));
    }

    static Checkpoint.Stored stored(Checkpoint checkpoint) throws Refusal {
        if (checkpoint instanceof Checkpoint.Stored stored) {
            return stored;
        }
        throw Refusal.badInput(CheckpointFile.KEY, checkpoint, "this family has no fresh initialisation; name a file");
    }

    static boolean shuffles(Dataset data) {
        return data instanceof Dataset.ImageFolder images
                ? images.options().shuffle()
                : ((Dataset.Tensors) data).options().shuffle();
    }

    static int validationExamples(Dataset data) {
        return data instanceof Dataset.ImageFolder images
                ? images.options().validationExamples()
                : ((Dataset.Tensors) data).options().validationExamples();
    }

    @Override
    public void close() {
        train.close();
        validation.close();
    }
}
