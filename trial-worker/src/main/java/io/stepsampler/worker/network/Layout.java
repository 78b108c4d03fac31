package io.stepsampler.worker.network;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of a network by their names in a checkpoint, in the order that they are drawn in. */
record Layout(Map<String, Place> places) {

    Layout {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        places.forEach((name, place) -> shapes.put(name, place.shape()));
        return shapes;
    }

    /** @param isBuffer whether it goes with the network but takes no gradient */
    record Place(Shape shape, Draw draw, boolean isBuffer) {

        static Place parameter(Draw draw, long... shape) {
            return new Place(new Shape(shape), draw, false);
        }

        static Place buffer(Draw draw, long... shape) {
            return new Place(new Shape(shape), draw, true);
        }
    }
}
