package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code forward} takes and answers with, as the archive's code declares it.
 *
 * @param answer its type, such as {@code Tensor} or {@code Tuple[Tensor, Tensor]}
 */
record ForwardSignature(List<Argument> arguments, String answer) {

    private static final String HEAD = "  def forward(";
    private static final String ARROW = " -> ";

    ForwardSignature {
        arguments = List.copyOf(arguments);
    }

    /** @param type such as {@code Tensor} or {@code Optional[Tensor]} */
    record Argument(String name, String type, boolean hasDefault) {

        private static Argument parse(String declared) {
            int colon = declared.indexOf(':');
            if (colon < 0) {
                return new Argument(declared, "Tensor", false);
            }
            int equals = declared.indexOf('=', colon);
            String type = declared.substring(colon + 1, equals < 0 ? declared.length() : equals);
            return new Argument(declared.substring(0, colon).strip(), type.strip(), equals >= 0);
        }

        private boolean takesTensor() {
            return type.equals("Tensor") || type.equals("Optional[Tensor]");
        }
    }

    /** Empty where the class has no such method. */
    static Optional<ForwardSignature> parse(String classBody) {
        int head = classBody.indexOf(HEAD);
        if (head < 0) {
            return Optional.empty();
        }
        BracketedList declared = BracketedList.at(classBody, head + HEAD.length() - 1);
        List<Argument> arguments =
                declared.items().stream().skip(1).map(Argument::parse).toList();
        int end = classBody.indexOf(":\n", declared.end());
        String answer = classBody.substring(declared.end(), end < 0 ? declared.end() : end);
        return Optional.of(new ForwardSignature(
                arguments, answer.startsWith(ARROW) ? answer.substring(ARROW.length()) : "Tensor"));
    }

    /** In the order of the arguments; inputs that are not all named are in that order already, as a single one is. */
    NDList ordered(NDList inputs) {
        if (inputs.size() == 1 || !areNamed(inputs)) {
            return inputs;
        }
        Map<String, NDArray> named = new LinkedHashMap<>();
        inputs.forEach(input -> named.put(input.getName(), input));
        NDList ordered = new NDList(inputs.size());
        for (Argument argument : arguments.subList(0, inputs.size())) {
            ordered.add(Objects.requireNonNull(named.get(argument.name()), argument::name));
        }
        return ordered;
    }

    /** Why {@code forward} cannot take these inputs. */
    Optional<String> misfit(NDList inputs) {
        for (Argument argument : arguments) {
            if (!argument.takesTensor() && !argument.hasDefault()) {
                return Optional.of("its forward takes " + argument.name() + " of type " + argument.type()
                        + "; it must take tensors only");
            }
        }
        int required = (int)
                arguments.stream().filter(argument -> !argument.hasDefault()).count();
        if (areNamed(inputs)) {
            List<String> given = inputs.stream().map(NDArray::getName).toList();
            return fits(given, required)
                    ? Optional.empty()
                    : Optional.of("its forward takes " + declared() + ", and the data has " + String.join(", ", given)
                            + hint(given));
        }
        return inputs.size() >= required && inputs.size() <= arguments.size()
                ? Optional.empty()
                : Optional.of("its forward takes " + count(required) + " (" + declared() + "), and the data has "
                        + inputs.size());
    }

    /** What y is to a loss, it is not to a module, unless that is the loss. */
    private String hint(List<String> given) {
        boolean takesTargets =
                arguments.stream().anyMatch(argument -> argument.name().equals("y"));
        return takesTargets && !given.contains("y")
                ? "; y is handed to a module only where it answers with the loss: training.loss must be output"
                : "";
    }

    /** An argument with a default can be left out only where all after it are, because tensors go by position. */
    private boolean fits(List<String> given, int required) {
        if (given.size() < required || given.size() > arguments.size()) {
            return false;
        }
        Set<String> expected =
                arguments.stream().limit(given.size()).map(Argument::name).collect(Collectors.toSet());
        return expected.equals(new HashSet<>(given));
    }

    private String count(int required) {
        String most = arguments.size() == 1 ? "1 tensor" : arguments.size() + " tensors";
        return required == arguments.size() ? most : required + " to " + most;
    }

    private String declared() {
        return arguments.stream()
                .map(argument -> argument.hasDefault() ? argument.name() + " (optional)" : argument.name())
                .collect(Collectors.joining(", "));
    }

    private static boolean areNamed(NDList inputs) {
        return inputs.stream()
                .allMatch(input -> input.getName() != null && !input.getName().isEmpty());
    }
}
