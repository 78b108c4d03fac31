package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import io.stepsampler.worker.network.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What keeps a file's tensors from their places: a few are named, the rest is counted. */
final class TensorFaults {

    private static final int NAMED = 8;

    private TensorFaults() {}

    /** Empty where every tensor has its place and every place its tensor. */
    static List<String> of(Layout layout, Map<String, NDArray> found) {
        List<String> missing = new ArrayList<>(layout.places().keySet());
        missing.removeAll(found.keySet());
        List<String> leftOver = new ArrayList<>(found.keySet());
        leftOver.removeAll(layout.places().keySet());
        List<String> misshapen = new ArrayList<>();
        layout.places().forEach((name, place) -> {
            NDArray tensor = found.get(name);
            if (tensor != null && !fits(tensor, place)) {
                misshapen.add(difference(name, tensor, place));
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

    static boolean fits(NDArray tensor, Place place) {
        return tensor.getShape().equals(place.shape()) && tensor.getDataType().isFloating();
    }

    private static String difference(String name, NDArray tensor, Place place) {
        return tensor.getDataType().isFloating()
                ? name + " with the shape " + tensor.getShape() + " instead of " + place.shape()
                : name + " of the type " + tensor.getDataType() + " instead of a float type";
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(names.size(), NAMED)));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
