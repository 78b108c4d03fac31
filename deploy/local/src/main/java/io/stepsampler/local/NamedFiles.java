package io.stepsampler.local;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Refusal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that the files which a search names are there, before anything is queued. */
final class NamedFiles {

    private final List<Refusal> refusals = new ArrayList<>();

    private NamedFiles() {}

    static List<Refusal> refusals(SearchSpecification specification) {
        NamedFiles files = new NamedFiles();
        files.require(specification.model());
        Dataset data = specification.data();
        if (data instanceof Dataset.ImageFolder images) {
            files.requireFolder("data.train", images.train());
            files.requireFolder("data.validation", images.validation());
            files.requireFolder("data.test", images.test());
        } else if (data instanceof Dataset.Tensors tensors) {
            files.requireFile("data.train", tensors.train());
            files.requireFile("data.validation", tensors.validation());
            files.requireFile("data.test", tensors.test());
        } else if (data instanceof Dataset.LabelledText text) {
            files.requireFile("data.train", text.train());
            files.requireFile("data.validation", text.validation());
            files.requireFile("data.test", text.test());
            files.requireAny("data.options.tokenizer", text.options().tokenizer());
        } else if (data instanceof Dataset.TextPairs pairs) {
            files.requireTexts("data.train", pairs.train());
            files.requireTexts("data.validation", pairs.validation());
            files.requireTexts("data.test", pairs.test());
            files.requireAny("data.options.tokenizer", pairs.options().tokenizer());
        } else if (data instanceof Dataset.Batches batches) {
            files.requireFolder("data.train", batches.train());
            files.requireFolder("data.validation", batches.validation());
            files.requireFolder("data.test", batches.test());
        }
        return files.refusals;
    }

    private void require(Model model) {
        if (model instanceof Model.Bert bert) {
            requireAny("model.options.config", bert.options().config());
        } else if (model instanceof Model.Bart bart) {
            requireAny("model.options.config", bart.options().config());
        }
        requireFile("model.optimizerState", model.optimizerState());
        if (!(model.checkpoint() instanceof Checkpoint.Stored stored)) {
            return;
        }
        boolean mayBeFolder =
                model instanceof Model.Bert || model instanceof Model.Bart || model instanceof Model.ResNet18;
        if (mayBeFolder) {
            requireAny("model.checkpoint", stored.uri());
        } else {
            requireFile("model.checkpoint", stored.uri());
        }
    }

    private void requireTexts(String key, Dataset.TextPairs.@Nullable Texts texts) {
        if (texts != null) {
            requireFile(key, texts.uri());
            requireFile(key + ".source", texts.source());
            requireFile(key + ".target", texts.target());
        }
    }

    private void requireAny(String key, @Nullable String location) {
        localPath(location).ifPresent(path -> {
            if (!Files.isReadable(path)) {
                refusals.add(new Refusal(key, path.toString(), "must be a file or folder that exists and can be read"));
            }
        });
    }

    private void requireFile(String key, @Nullable String location) {
        localPath(location).ifPresent(path -> {
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                refusals.add(new Refusal(key, path.toString(), "must be a file that exists and can be read"));
            }
        });
    }

    private void requireFolder(String key, @Nullable String location) {
        localPath(location).ifPresent(path -> {
            if (!Files.isDirectory(path) || !Files.isReadable(path)) {
                refusals.add(new Refusal(key, path.toString(), "must be a folder that exists and can be read"));
            }
        });
    }

    private static Optional<Path> localPath(@Nullable String location) {
        if (location == null) {
            return Optional.empty();
        }
        if (location.startsWith("/")) {
            return Optional.of(Path.of(location));
        }
        return location.startsWith("file:/") ? Optional.of(Path.of(URI.create(location))) : Optional.empty();
    }
}
