package io.stepsampler.worker.training;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.data.AugmentedImages;
import io.stepsampler.worker.data.BatchFolder;
import io.stepsampler.worker.data.Examples;
import io.stepsampler.worker.data.ImageExamples;
import io.stepsampler.worker.data.ImageFolder;
import io.stepsampler.worker.data.ImageTransform;
import io.stepsampler.worker.data.LabelledTextExamples;
import io.stepsampler.worker.data.TargetTokens;
import io.stepsampler.worker.data.TensorExamples;
import io.stepsampler.worker.data.TextPairExamples;
import io.stepsampler.worker.data.Tokenizer;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.training.ExampleBatches.Order;
import io.stepsampler.worker.training.Preparation.PreparedBatches;

/** Reads the batches of each format onto the device. */
record DatasetReader(Probe probe, Locations locations, SequenceTokens sequenceTokens, NDManager manager) {

    private static final String TRAIN = "data.train";
    private static final String VALIDATION = "data.validation";

    /** What a decoder begins with, and what fills up its inputs. */
    record SequenceTokens(long start, long pad) {

        /** Of a family without a decoder. */
        static final SequenceTokens NONE = new SequenceTokens(0, 0);
    }

    PreparedBatches read(Dataset data) throws Refusal {
        if (data instanceof Dataset.ImageFolder images) {
            return images(images);
        }
        if (data instanceof Dataset.Tensors tensors) {
            return tensors(tensors);
        }
        if (data instanceof Dataset.LabelledText text) {
            return labelledText(text);
        }
        if (data instanceof Dataset.TextPairs pairs) {
            return textPairs(pairs);
        }
        return batches((Dataset.Batches) data);
    }

    private PreparedBatches images(Dataset.ImageFolder data) throws Refusal {
        ImageTransform transform = ImageTransform.of(data.options());
        ImageFolder train = ImageFolder.read(TRAIN, data.train(), locations);
        ImageFolder validation = ImageFolder.read(VALIDATION, data.validation(), locations);
        requireClasses(data, train, validation);
        ImageExamples trained = new ImageExamples(TRAIN, train, transform);
        return examples(
                data.options().augment() ? new AugmentedImages(trained) : trained,
                new ImageExamples(VALIDATION, validation, transform),
                data.options().shuffle(),
                data.options().validationExamples(),
                data.train(),
                data.validation());
    }

    private PreparedBatches tensors(Dataset.Tensors data) throws Refusal {
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

    private PreparedBatches labelledText(Dataset.LabelledText data) throws Refusal {
        Dataset.LabelledText.Options options = data.options();
        try (Tokenizer tokenizer = Tokenizer.open(options.tokenizer(), options.lowercase(), locations)) {
            return examples(
                    LabelledTextExamples.read(TRAIN, data.train(), options, tokenizer, locations),
                    LabelledTextExamples.read(VALIDATION, data.validation(), options, tokenizer, locations),
                    options.shuffle(),
                    options.validationExamples(),
                    data.train(),
                    data.validation());
        }
    }

    private PreparedBatches textPairs(Dataset.TextPairs data) throws Refusal {
        Dataset.TextPairs.Options options = data.options();
        try (Tokenizer tokenizer = Tokenizer.open(options.tokenizer(), options.lowercase(), locations)) {
            return examples(
                    TextPairExamples.read(TRAIN, data.train(), options, tokenizer, targetTokens(), locations),
                    TextPairExamples.read(VALIDATION, data.validation(), options, tokenizer, targetTokens(), locations),
                    options.shuffle(),
                    options.validationExamples(),
                    location(data.train()),
                    location(data.validation()));
        }
    }

    private PreparedBatches batches(Dataset.Batches data) throws Refusal {
        Loss loss = probe.training().loss();
        int validationExamples = data.options().validationExamples();
        return new PreparedBatches(
                new TrainingBatches.Stored(
                        BatchFolder.open(TRAIN, data.train(), loss, locations).training(probe.steps(), manager)),
                BatchFolder.open(VALIDATION, data.validation(), loss, locations)
                        .validation(validationExamples, manager),
                data.train(),
                data.validation());
    }

    /** What the loss ignores is what the targets are filled up with. */
    private TargetTokens targetTokens() {
        long ignored = probe.training().loss() instanceof Loss.CrossEntropy crossEntropy
                ? crossEntropy.ignoredIndex()
                : Loss.CrossEntropy.IGNORED_INDEX;
        return new TargetTokens(ignored, sequenceTokens.start(), sequenceTokens.pad());
    }

    private static String location(Dataset.TextPairs.Texts texts) {
        return texts.uri() == null ? texts.source() + ", " + texts.target() : texts.uri();
    }

    private PreparedBatches examples(
            Examples train,
            Examples validation,
            boolean shuffled,
            int validationExamples,
            String trainLocation,
            String validationLocation)
            throws Refusal {
        ExampleBatches batches = new ExampleBatches(probe, manager);
        return new PreparedBatches(
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
