package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.TensorFile;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Digest;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All tensors of a ResNet-18 as every trial begins with them. */
public final class ResNet18Checkpoint implements Checkpointed {

    /** How many tensors a refusal names before it only counts them. */
    private static final int NAMED = 8;

    private final Map<String, NDArray> tensors;
    private final String location;
    private final String digest;

    private ResNet18Checkpoint(Map<String, NDArray> tensors, String location, String digest) {
        this.location = location;
        this.tensors = tensors;
        this.digest = digest;
    }

    /** A fresh initialisation; its digest is that of the tensors' bytes, in the order of the layout. */
    public static ResNet18Checkpoint fromSeed(long seed, int classes, NDManager manager) {
        ResNet18Initialisation initialisation = new ResNet18Initialisation(seed);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Digest digest = new Digest();
        ResNet18Layout.shapes(classes).forEach((name, shape) -> {
            try (NDArray drawn = manager.create(initialisation.next(name, shape), shape)) {
                digest.add(name).add(drawn.toByteBuffer());
                tensors.put(name, drawn.duplicate());
            }
        });
        return new ResNet18Checkpoint(tensors, "seed " + seed, digest.hex());
    }

    /** A safetensors file: every tensor must find its place, and every place its tensor. */
    public static ResNet18Checkpoint fromFile(CheckpointFile file, int classes, NDManager manager) throws Refusal {
        try (NDManager reading = manager.newSubManager()) {
            Map<String, NDArray> found =
                    TensorFile.decode(CheckpointFile.KEY, file.location(), file.content(), reading);
            found.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
            Map<String, Shape> places = ResNet18Layout.shapes(classes);
            List<String> faults = faults(places, found);
            if (!faults.isEmpty()) {
                throw Refusal.badInput(
                        CheckpointFile.KEY,
                        file.location(),
                        "its tensors are not those of a resnet18 with " + classes + " classes: "
                                + String.join("; ", faults));
            }
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            for (String name : places.keySet()) {
                // A copy, because a conversion to the same type shares memory that goes with the file's bytes.
                NDArray tensor = Objects.requireNonNull(found.get(name))
                        .toType(DataType.FLOAT32, false)
                        .duplicate();
                tensor.attach(manager);
                tensors.put(name, tensor);
            }
            return new ResNet18Checkpoint(tensors, file.location(), file.digest());
        }
    }

    @Override
    public Network fresh(NDManager manager) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            NDArray copy = tensor.duplicate();
            copy.attach(manager);
            copy.setRequiresGradient(!ResNet18Layout.isBuffer(name));
            copies.put(name, copy);
        });
        return new ResNet18(copies);
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public String location() {
        return location;
    }

    private static List<String> faults(Map<String, Shape> places, Map<String, NDArray> found) {
        List<String> missing = new ArrayList<>(places.keySet());
        missing.removeAll(found.keySet());
        List<String> leftOver = new ArrayList<>(found.keySet());
        leftOver.removeAll(places.keySet());
        List<String> faults = new ArrayList<>();
        if (!missing.isEmpty()) {
            faults.add("missing " + few(missing));
        }
        if (!leftOver.isEmpty()) {
            faults.add("left over " + few(leftOver));
        }
        List<String> misshapen = new ArrayList<>();
        places.forEach((name, shape) -> {
            NDArray tensor = found.get(name);
            if (tensor != null && !tensor.getShape().equals(shape)) {
                misshapen.add(name + " with the shape " + tensor.getShape() + " instead of " + shape);
            }
        });
        if (!misshapen.isEmpty()) {
            faults.add(few(misshapen));
        }
        return faults;
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(names.size(), NAMED)));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
