package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The inputs of a network that takes tokens, each (rows, length) of int64. */
record TokenInputs(List<Input> inputs) {

    TokenInputs {
        inputs = List.copyOf(inputs);
    }

    /**
     * @param below every number is from 0 to below this one
     * @param longest how many positions there are
     * @param asLongAs the input with as many columns, which may be itself
     */
    record Input(String name, boolean isOptional, int below, int longest, String asLongAs) {

        private String declared() {
            return isOptional ? name + " (optional)" : name;
        }
    }

    /** By its name, or by its place where the inputs have no names. */
    Optional<NDArray> find(NDList given, String name) {
        if (given.stream().anyMatch(array -> array.getName() != null)) {
            return given.stream().filter(array -> name.equals(array.getName())).findFirst();
        }
        int place = inputs.stream().map(Input::name).toList().indexOf(name);
        return place < given.size() ? Optional.of(given.get(place)) : Optional.empty();
    }

    NDArray get(NDList given, String name) {
        return find(given, name).orElseThrow(() -> new IllegalArgumentException("there is no input " + name));
    }

    void requireFit(NDList given, String location) throws Refusal {
        long found = inputs.stream()
                .filter(input -> find(given, input.name()).isPresent())
                .count();
        boolean complete = inputs.stream()
                .allMatch(
                        input -> input.isOptional() || find(given, input.name()).isPresent());
        if (found != given.size() || !complete) {
            throw refusal(
                    location,
                    "it takes " + inputs.stream().map(Input::declared).collect(Collectors.joining(", "))
                            + ", and the data has "
                            + given.stream()
                                    .map(array -> array.getName() == null ? "one without a name" : array.getName())
                                    .collect(Collectors.joining(", ")));
        }
        long rows = get(given, inputs.get(0).name()).getShape().get(0);
        for (Input input : inputs) {
            Optional<NDArray> array = find(given, input.name());
            if (array.isPresent()) {
                requireTokens(input, array.get(), rows, location);
                requireEqualLengths(input, array.get(), get(given, input.asLongAs()), location);
            }
        }
    }

    private static void requireEqualLengths(Input input, NDArray array, NDArray other, String location) throws Refusal {
        if (array.getShape().get(1) != other.getShape().get(1)) {
            throw refusal(
                    location,
                    input.name() + " has the shape " + array.getShape() + " and " + input.asLongAs() + " "
                            + other.getShape() + "; they must be equal");
        }
    }

    private static void requireTokens(Input input, NDArray array, long rows, String location) throws Refusal {
        Shape shape = array.getShape();
        if (array.getDataType() != DataType.INT64
                || shape.dimension() != 2
                || shape.get(0) != rows
                || array.isEmpty()) {
            throw refusal(
                    location,
                    input.name() + " is " + array.getDataType() + " of shape " + shape + "; it must be int64 of shape"
                            + " (rows, length) with the same rows in each input");
        }
        if (array.getShape().get(1) > input.longest()) {
            throw refusal(
                    location,
                    input.name() + " has the length " + array.getShape().get(1) + "; the model has " + input.longest()
                            + " positions (maxPositionEmbeddings)");
        }
        long least = array.min().getLong();
        long most = array.max().getLong();
        if (least < 0 || most >= input.below()) {
            throw refusal(
                    location,
                    input.name() + " holds " + (least < 0 ? least : most) + "; allowed is from 0 to below "
                            + input.below()
                            + (input.isOptional()
                                    ? ""
                                    : ", the size of the model's vocabulary; the tokenizer must be the model's own"));
        }
    }

    private static Refusal refusal(String location, String explanation) {
        return Refusal.badInput(CheckpointFile.KEY, location, explanation);
    }
}
