package io.stepsampler.local;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
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
        if (specification.model().checkpoint() instanceof Checkpoint.Stored stored) {
            files.requireFile("model.checkpoint", stored.uri());
        }
        Dataset data = specification.data();
        if (data instanceof Dataset.ImageFolder images) {
            files.requireFolder("data.train", images.train());
            files.requireFolder("data.validation", images.validation());
            files.requireFolder("data.test", images.test());
        } else if (data instanceof Dataset.Tensors tensors) {
            files.requireFile("data.train", tensors.train());
            files.requireFile("data.validation", tensors.validation());
            files.requireFile("data.test", tensors.test());
        }
        return files.refusals;
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
