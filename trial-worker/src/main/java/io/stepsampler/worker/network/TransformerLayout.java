package io.stepsampler.worker.network;

import io.stepsampler.worker.network.Layout.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Lays out what transformers are made of: weights normal with one standard deviation, biases zero, norms one. */
final class TransformerLayout {

    private final double standardDeviation;
    private final Map<String, Place> places = new LinkedHashMap<>();

    TransformerLayout(double standardDeviation) {
        this.standardDeviation = standardDeviation;
    }

    Layout layout() {
        return new Layout(places);
    }

    void embedding(String name, int rows, int width, OptionalInt padding) {
        places.put(name + ".weight", Place.parameter(new Draw.Normal(standardDeviation, padding), rows, width));
    }

    void linear(String name, int from, int to) {
        places.put(name + ".weight", Place.parameter(Draw.Normal.of(standardDeviation), to, from));
        places.put(name + ".bias", Place.parameter(Draw.ZEROS, to));
    }

    void norm(String name, int width) {
        places.put(name + ".weight", Place.parameter(Draw.ONES, width));
        places.put(name + ".bias", Place.parameter(Draw.ZEROS, width));
    }

    void zeroBuffer(String name, long... shape) {
        places.put(name, Place.buffer(Draw.ZEROS, shape));
    }
}
