package io.stepsampler.worker.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.Arrays;
import java.util.Map;

/** The rows of arrays {@code x} and {@code y}: {@code x} float32 or int64, {@code y} as the loss wants it. */
public final class TensorExamples implements Examples {

    private final NDManager manager;
    private final NDArray inputs;
    private final NDArray targets;

    private TensorExamples(NDManager manager, NDArray inputs, NDArray targets) {
        this.manager = manager;
        this.inputs = inputs;
        this.targets = targets;
    }

    public static TensorExamples read(String key, String location, Loss loss, Locations locations) throws Refusal {
        NDManager manager = NDManager.newBaseManager(Device.cpu());
        try {
            Map<String, NDArray> tensors = TensorFile.read(key, location, locations.file(key, location), manager);
            NDArray inputs = named("x", tensors, key, location);
            NDArray targets = named("y", tensors, key, location);
            requireEqualRows(inputs.getShape(), targets.getShape(), key, location);
            return new TensorExamples(
                    manager,
                    inputs.toType(inputs.getDataType().isFloating() ? DataType.FLOAT32 : DataType.INT64, false),
                    targetsFor(loss, targets, key, location));
        } catch (Refusal | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public int count() {
        return Math.toIntExact(inputs.getShape().get(0));
    }

    @Override
    public Batch batch(int[] rows, NDManager owner) {
        try (NDArray chosen = manager.create(Arrays.stream(rows).asLongStream().toArray())) {
            return Batch.of(rows(inputs, chosen, owner), rows(targets, chosen, owner));
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

    private static NDArray named(String name, Map<String, NDArray> tensors, String key, String location)
            throws Refusal {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw Refusal.badInput(key, location, "it must hold the arrays x and y, and holds " + tensors.keySet());
        }
        if (tensor.getShape().dimension() == 0 || !(tensor.getDataType().isFloating() || isInteger(tensor))) {
            throw Refusal.badInput(
                    key,
                    location,
                    name + " is " + tensor.getDataType() + " of shape " + tensor.getShape()
                            + "; it must be rows of float or integer numbers");
        }
        return tensor;
    }

    private static boolean isInteger(NDArray tensor) {
        return tensor.getDataType().isInteger() || tensor.getDataType() == DataType.UINT8;
    }

    private static void requireEqualRows(Shape inputs, Shape targets, String key, String location) throws Refusal {
        if (inputs.get(0) != targets.get(0) || inputs.get(0) == 0) {
            throw Refusal.badInput(
                    key,
                    location,
                    "x has the shape " + inputs + " and y " + targets + "; both must have the same rows, at least one");
        }
    }

    private static NDArray targetsFor(Loss loss, NDArray targets, String key, String location) throws Refusal {
        if (!(loss instanceof Loss.CrossEntropy)) {
            return targets.toType(DataType.FLOAT32, false);
        }
        if (targets.getDataType().isFloating() || targets.getShape().dimension() != 1) {
            throw Refusal.badInput(
                    key,
                    location,
                    "y is " + targets.getDataType() + " of shape " + targets.getShape()
                            + "; cross-entropy needs one integer class for each row, shape (N)");
        }
        return targets.toType(DataType.INT64, false);
    }
}
