package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.worker.data.SafetensorsFile;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.network.TensorFaults;
import io.stepsampler.worker.optimizer.OptimizerState.Remembered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a {@code torch.optim} optimizer in a safetensors file: tensors {@code PARAMETER.SLOT} with PyTorch's names
 * for both, and the steps as {@code PARAMETER.step}, or one {@code step} for all. A parameter that was never moved has
 * {@code PARAMETER.step} 0 and nothing else.
 */
public final class OptimizerStateFile {

    public static final String KEY = "model.optimizerState";

    private static final String STEP = "step";

    private final String location;
    private final SafetensorsFile.Contents contents;

    private OptimizerStateFile(String location, SafetensorsFile.Contents contents) {
        this.location = location;
        this.contents = contents;
    }

    /** @param owner of the tensors */
    public static OptimizerStateFile read(String location, Path file, NDManager owner) throws Refusal {
        return new OptimizerStateFile(
                location, SafetensorsFile.open(KEY, location, file).read(owner));
    }

    /**
     * Every tensor must find its place and every place its tensor.
     *
     * @param parameters of the network
     * @param groups of which the frozen ones may be left out
     */
    public OptimizerState stateOf(Optimizer optimizer, List<Parameter> parameters, ParameterGroups groups)
            throws Refusal {
        UpdateRule rule = UpdateRule.of(optimizer);
        Map<String, NDArray> tensors = new LinkedHashMap<>(contents.tensors());
        Map<String, Long> steps = takeSteps(tensors, parameters);
        List<Parameter> told = new ArrayList<>();
        Map<String, Shape> places = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            boolean mayBeAbsent = groups.of(name).frozen() || Long.valueOf(0).equals(steps.get(name));
            if (!mayBeAbsent || names(rule, name).anyMatch(tensors::containsKey)) {
                told.add(parameter);
                names(rule, name)
                        .forEach(tensor -> places.put(tensor, parameter.array().getShape()));
                if (rule.countsSteps() && !steps.containsKey(name)) {
                    places.put(name + "." + STEP, new Shape());
                }
            }
        }
        requireFit(optimizer, rule, places, tensors);
        Map<String, Remembered> remembered = new LinkedHashMap<>();
        for (Parameter parameter : told) {
            long moved = rule.countsSteps() ? steps.getOrDefault(parameter.name(), 0L) : 1;
            remembered.put(parameter.name(), new Remembered(moved, slots(rule, parameter.name(), tensors)));
        }
        return new OptimizerState(remembered, contents.digest());
    }

    /** Of each parameter of which the file tells them; they are no longer among the tensors then. */
    private Map<String, Long> takeSteps(Map<String, NDArray> tensors, List<Parameter> parameters) throws Refusal {
        Map<String, Long> steps = new LinkedHashMap<>();
        NDArray ofAll = tensors.remove(STEP);
        for (Parameter parameter : parameters) {
            String name = parameter.name() + "." + STEP;
            NDArray own = tensors.remove(name);
            if (own != null) {
                steps.put(parameter.name(), number(name, own));
            } else if (ofAll != null) {
                steps.put(parameter.name(), number(STEP, ofAll));
            }
        }
        return steps;
    }

    private long number(String name, NDArray tensor) throws Refusal {
        if (tensor.size() != 1 || tensor.getDataType() == DataType.BOOLEAN) {
            throw refusal(name + " has the type " + tensor.getDataType() + " and the shape " + tensor.getShape()
                    + "; it must be one whole number from 0");
        }
        double number = tensor.getDataType().isFloating() ? tensor.toFloatArray()[0] : tensor.toLongArray()[0];
        if (!(number >= 0) || number != Math.rint(number) || Double.isInfinite(number)) {
            throw refusal(name + " is " + number + "; it must be one whole number from 0");
        }
        return (long) number;
    }

    private void requireFit(
            Optimizer optimizer, UpdateRule rule, Map<String, Shape> places, Map<String, NDArray> tensors)
            throws Refusal {
        List<String> faults = TensorFaults.of(places, tensors);
        if (!faults.isEmpty()) {
            boolean isMissing = !tensors.keySet().containsAll(places.keySet());
            throw refusal("its tensors are not those that "
                    + optimizer.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " remembers of this model, "
                    + described(rule) + ": " + String.join("; ", faults)
                    + (isMissing ? "; a parameter that was never moved has PARAMETER.step 0 and nothing else" : ""));
        }
    }

    private static String described(UpdateRule rule) {
        if (rule.kept().isEmpty()) {
            return "which are none";
        }
        return Stream.concat(rule.kept().stream().map(Slot::label), rule.countsSteps() ? Stream.of(STEP) : Stream.of())
                .map(slot -> "PARAMETER." + slot)
                .collect(Collectors.joining(", "));
    }

    private Map<Slot, NDArray> slots(UpdateRule rule, String parameter, Map<String, NDArray> tensors) throws Refusal {
        Map<Slot, NDArray> slots = new EnumMap<>(Slot.class);
        for (Slot slot : rule.kept()) {
            String name = parameter + "." + slot.label();
            NDArray tensor = tensors.get(name);
            if (tensor != null) {
                requireNumbers(name, tensor, slot);
                slots.put(slot, tensor);
            }
        }
        return slots;
    }

    private void requireNumbers(String name, NDArray tensor, Slot slot) throws Refusal {
        if (tensor.size() == 0) {
            return;
        }
        try (NDArray highest = tensor.max();
                NDArray lowest = tensor.min()) {
            float low = lowest.getFloat();
            if (!Float.isFinite(low) || !Float.isFinite(highest.getFloat())) {
                throw refusal(name + " holds a number that is not finite; every number must be");
            }
            if (slot.isOfSquares() && low < 0) {
                throw refusal(name + " holds " + low + "; it is made of squares, and every number must be 0 or more");
            }
        }
    }

    private static Stream<String> names(UpdateRule rule, String parameter) {
        return rule.kept().stream().map(slot -> parameter + "." + slot.label());
    }

    private Refusal refusal(String explanation) {
        return Refusal.badInput(KEY, location, explanation);
    }
}
