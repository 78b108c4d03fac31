package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.data.SafetensorsFile;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Digest;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one file, or of all parts of a divided one.
 *
 * @param digest SHA-256 of the file, or of the names and SHA-256 of all parts in turn
 */
record Weights(Map<String, NDArray> tensors, String digest) {

    Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * @param expectedDigest what the search names, if it names one
     * @param manager owns the tensors
     */
    static Weights read(List<Path> parts, String location, @Nullable String expectedDigest, NDManager manager)
            throws Refusal {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Digest whole = new Digest();
        String digest = "";
        for (Path part : parts) {
            Weights read = read(part, location, manager);
            tensors.putAll(read.tensors());
            whole.add(part.getFileName() + " " + read.digest() + "\n");
            digest = read.digest();
        }
        Weights weights = new Weights(tensors, parts.size() == 1 ? digest : whole.hex());
        if (expectedDigest != null && !expectedDigest.equalsIgnoreCase(weights.digest())) {
            throw Refusal.badInput(
                    "model.sha256", expectedDigest, location + " has the SHA-256 " + weights.digest() + " instead");
        }
        return weights;
    }

    private static Weights read(Path file, String location, NDManager manager) throws Refusal {
        SafetensorsFile.Contents contents =
                SafetensorsFile.open(CheckpointFile.KEY, location, file).read(manager);
        return new Weights(contents.tensors(), contents.digest());
    }
}
