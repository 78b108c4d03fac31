package io.stepsampler.worker.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of arrays {@code x}, {@code x1}, {@code x2}, … and {@code y}: inputs float32, int64 or bool, {@code y} as the
 * loss wants it, and the last input of a module that answers with the loss.
 */
public final class TensorExamples implements Examples {

    private static final String INPUT = "x";

    private final NDManager manager;
    private final List<NDArray> inputs;
    private final @Nullable NDArray targets;

    private TensorExamples(NDManager manager, List<NDArray> inputs, @Nullable NDArray targets) {
        this.manager = manager;
        this.inputs = List.copyOf(inputs);
        this.targets = targets;
    }

    /** @param key where the search file names the file, such as {@code data.train} */
    public static TensorExamples read(String key, String location, Loss loss, Locations locations) throws Refusal {
        NDManager manager = NDManager.newBaseManager(Device.cpu());
        try {
            Map<String, NDArray> tensors = TensorFile.read(key, location, locations.file(key, location), manager);
            List<NDArray> inputs = inputs(tensors, loss, key, location);
            NDArray stored = tensors.get(Targets.NAME);
            requireEqualRows(inputs, stored, key, location);
            if (stored == null) {
                return new TensorExamples(manager, inputs, null);
            }
            if (Targets.areInputs(loss)) {
                inputs.add(stored);
                return new TensorExamples(manager, inputs, null);
            }
            return new TensorExamples(manager, inputs, Targets.of(loss, stored, key, location));
        } catch (Refusal | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public int count() {
        return Math.toIntExact(inputs.get(0).getShape().get(0));
    }

    @Override
    public Batch batch(int[] rows, NDManager owner) {
        try (NDArray chosen = manager.create(Arrays.stream(rows).asLongStream().toArray())) {
            NDList chosenInputs = new NDList();
            for (NDArray input : inputs) {
                chosenInputs.add(rows(input, chosen, owner));
            }
            return new Batch(chosenInputs, targets == null ? null : rows(targets, chosen, owner), rows.length);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private static NDArray rows(NDArray all, NDArray chosen, NDManager owner) {
        NDArray rows = all.get(chosen).toDevice(owner.getDevice(), false);
        rows.attach(owner);
        return rows;
    }

    private static List<NDArray> inputs(Map<String, NDArray> tensors, Loss loss, String key, String location)
            throws Refusal {
        Map<String, NDArray> inputs = new LinkedHashMap<>();
        String name = INPUT;
        for (NDArray input = tensors.get(name); input != null; input = tensors.get(name)) {
            inputs.put(name, input);
            name = INPUT + inputs.size();
        }
        if (inputs.isEmpty() || !(tensors.containsKey(Targets.NAME) || Targets.areInputs(loss))) {
            throw Refusal.badInput(
                    key,
                    location,
                    "it must hold the arrays x" + (Targets.areInputs(loss) ? "" : " and y")
                            + ", and x1, x2, … for more inputs; it holds " + tensors.keySet());
        }
        for (String found : tensors.keySet()) {
            if (found.matches(INPUT + "[0-9]+") && !inputs.containsKey(found)) {
                throw Refusal.badInput(
                        key, location, "it holds " + found + " and no " + name + "; none may be left out");
            }
        }
        return new ArrayList<>(inputs.values());
    }

    private static void requireEqualRows(List<NDArray> inputs, @Nullable NDArray targets, String key, String location)
            throws Refusal {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.getName(), input.getShape()));
        if (targets != null) {
            shapes.put(Targets.NAME, targets.getShape());
        }
        long rows = inputs.get(0).getShape().dimension() == 0
                ? 0
                : inputs.get(0).getShape().get(0);
        if (rows == 0
                || rows > Integer.MAX_VALUE
                || shapes.values().stream().anyMatch(shape -> shape.dimension() == 0 || shape.get(0) != rows)) {
            throw Refusal.badInput(
                    key,
                    location,
                    "its arrays have the shapes " + shapes + "; all must have the same rows, at least one and at most "
                            + Integer.MAX_VALUE);
        }
    }
}
