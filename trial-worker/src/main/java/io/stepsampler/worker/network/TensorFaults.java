package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What keeps a file's tensors from their places: a few are named, the rest is counted. */
public final class TensorFaults {

    private static final int NAMED = 8;

    private TensorFaults() {}

    /**
     * Empty where every tensor has its place and every place its tensor.
     *
     * @param places by name, with the shape that belongs there
     */
    public static List<String> of(Map<String, Shape> places, Map<String, NDArray> found) {
        Set<String> missing = new LinkedHashSet<>(places.keySet());
        missing.removeAll(found.keySet());
        Set<String> leftOver = new LinkedHashSet<>(found.keySet());
        leftOver.removeAll(places.keySet());
        List<String> misshapen = new ArrayList<>();
        places.forEach((name, shape) -> {
            NDArray tensor = found.get(name);
            if (tensor != null && !fits(tensor, shape)) {
                misshapen.add(difference(name, tensor, shape));
            }
        });
        List<String> faults = new ArrayList<>();
        if (!missing.isEmpty()) {
            faults.add("missing " + few(missing));
        }
        if (!leftOver.isEmpty()) {
            faults.add("left over " + few(leftOver));
        }
        if (!misshapen.isEmpty()) {
            faults.add(few(misshapen));
        }
        return faults;
    }

    static boolean fits(NDArray tensor, Shape shape) {
        return tensor.getShape().equals(shape) && tensor.getDataType().isFloating();
    }

    private static String difference(String name, NDArray tensor, Shape shape) {
        return tensor.getDataType().isFloating()
                ? name + " with the shape " + tensor.getShape() + " instead of " + shape
                : name + " of the type " + tensor.getDataType() + " instead of a float type";
    }

    private static String few(Collection<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
