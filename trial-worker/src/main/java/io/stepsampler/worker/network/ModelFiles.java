package io.stepsampler.worker.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which files of a Hugging Face model a checkpoint's location means: a folder, or a file of weights. */
final class ModelFiles {

    static final String CONFIGURATION_KEY = "model.options.config";

    private static final String CONFIGURATION = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Locations locations;

    ModelFiles(Locations locations) {
        this.locations = locations;
    }

    /** The file itself, the folder's one file, or all parts that the folder's index names, by name. */
    List<Path> weights(String location) throws Refusal {
        if (isFile(location)) {
            return List.of(locations.file(CheckpointFile.KEY, location));
        }
        Path folder = locations.folder(CheckpointFile.KEY, location);
        Path index = folder.resolve(INDEX);
        if (!Files.exists(folder.resolve(WEIGHTS)) && Files.exists(index)) {
            List<Path> parts = new ArrayList<>();
            for (String part : parts(index, location)) {
                parts.add(inside(folder, part));
            }
            return parts;
        }
        if (!Files.exists(folder.resolve(WEIGHTS))) {
            throw Refusal.badInput(CheckpointFile.KEY, location, "the folder must hold " + WEIGHTS + " or " + INDEX);
        }
        return List.of(inside(folder, WEIGHTS));
    }

    /** The file that the options name, else the one in the checkpoint's folder or beside its file. */
    Optional<Path> configuration(@Nullable String named, Optional<String> checkpoint) throws Refusal {
        if (named != null) {
            return Optional.of(configuration(named));
        }
        if (checkpoint.isEmpty()) {
            return Optional.empty();
        }
        String location = checkpoint.get();
        Path beside = isFile(location)
                ? locations.file(CheckpointFile.KEY, location).resolveSibling(CONFIGURATION)
                : locations.folder(CheckpointFile.KEY, location).resolve(CONFIGURATION);
        if (!Files.exists(beside)) {
            return Optional.empty();
        }
        locations.requireAllowed(CheckpointFile.KEY, beside);
        return Optional.of(beside);
    }

    private Path configuration(String named) throws Refusal {
        if (Locations.name(named).endsWith(".json")) {
            return locations.file(CONFIGURATION_KEY, named);
        }
        Path file = locations.folder(CONFIGURATION_KEY, named).resolve(CONFIGURATION);
        locations.requireAllowed(CONFIGURATION_KEY, file);
        if (!Files.isRegularFile(file)) {
            throw Refusal.badInput(CONFIGURATION_KEY, named, "the folder must hold " + CONFIGURATION);
        }
        return file;
    }

    private static boolean isFile(String location) {
        return Locations.name(location).endsWith(".safetensors");
    }

    /** Asked for again, because a link may lead out of the folders that a search may read. */
    private Path inside(Path folder, String name) throws Refusal {
        Path file = folder.resolve(name);
        locations.requireAllowed(CheckpointFile.KEY, file);
        return file;
    }

    private static List<String> parts(Path index, String location) throws Refusal {
        try {
            TreeSet<String> parts = new TreeSet<>();
            for (JsonNode part : MessageJson.mapper().readTree(index.toFile()).path("weight_map")) {
                parts.add(part.asText());
            }
            if (!parts.isEmpty() && parts.stream().allMatch(part -> part.matches("[^/\\\\]+\\.safetensors"))) {
                return List.copyOf(parts);
            }
        } catch (IOException e) {
            throw Refusal.badInput(CheckpointFile.KEY, location, INDEX + " cannot be read (" + Complaint.of(e) + ")");
        }
        throw Refusal.badInput(
                CheckpointFile.KEY, location, INDEX + " must name .safetensors files of the folder in weight_map");
    }
}
