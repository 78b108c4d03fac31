package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One batch of a {@link BatchFolder}. */
final class BatchFile {

    private final String key;
    private final Path path;
    private final Loss loss;
    private final SafetensorsFile file;
    private final int rows;

    private BatchFile(String key, Path path, Loss loss, SafetensorsFile file, int rows) {
        this.key = key;
        this.path = path;
        this.loss = loss;
        this.file = file;
        this.rows = rows;
    }

    static BatchFile open(String key, Path path, Loss loss) throws Refusal {
        SafetensorsFile file = SafetensorsFile.open(key, path.toString(), path);
        Map<String, Shape> shapes = file.shapes();
        boolean targets = shapes.containsKey(Targets.NAME);
        if (!targets && !Targets.areInputs(loss)) {
            throw Refusal.badInput(
                    key, path, "it holds " + shapes.keySet() + "; it must hold y, unless training.loss is output");
        }
        if (shapes.size() == (targets ? 1 : 0)) {
            throw Refusal.badInput(
                    key, path, "it holds " + shapes.keySet() + "; it must hold an argument of forward too");
        }
        long rows = rows(shapes);
        if (rows < 1 || rows > Integer.MAX_VALUE) {
            throw Refusal.badInput(
                    key,
                    path,
                    "its tensors have the shapes " + shapes + "; it must have rows, at least one and at most "
                            + Integer.MAX_VALUE);
        }
        return new BatchFile(key, path, loss, file, (int) rows);
    }

    Path path() {
        return path;
    }

    Set<String> names() {
        return file.shapes().keySet();
    }

    /**
     * Inputs in the order of their names, so that it does not matter in which order they were written. A module that
     * answers with the loss takes {@code y} as an argument like the others.
     */
    Batch read(NDManager manager) throws Refusal {
        Map<String, NDArray> tensors = new TreeMap<>(file.read(manager).tensors());
        NDArray targets = Targets.areInputs(loss) ? null : tensors.remove(Targets.NAME);
        return new Batch(
                new NDList(tensors.values()),
                targets == null ? null : Targets.of(loss, targets, key, path.toString()),
                rows);
    }

    /** The first side of y, or else of the first tensor that is no scalar; others, such as a table, may have another. */
    private static long rows(Map<String, Shape> shapes) {
        List<Shape> deciding = new ArrayList<>();
        Shape targets = shapes.get(Targets.NAME);
        if (targets != null) {
            deciding.add(targets);
        }
        deciding.addAll(shapes.values());
        return deciding.stream()
                .filter(shape -> shape.dimension() > 0)
                .mapToLong(shape -> shape.get(0))
                .findFirst()
                .orElse(1);
    }
}
