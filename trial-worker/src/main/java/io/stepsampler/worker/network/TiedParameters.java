package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of a module's parameters are one: two names may lead to the same tensor, whose gradient is the sum already, or
 * to tensors with the same storage and a gradient each. The engine does not say so, but a number written into the one
 * is read from the other.
 *
 * @param groups for each independent parameter the positions of its distinct tensors, the first of them its own
 */
record TiedParameters(List<List<Integer>> groups) {

    TiedParameters {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** @param module a scratch one, because its parameters are overwritten */
    static TiedParameters find(List<Parameter> module, NDManager manager) {
        List<NDArray> storages = module.stream()
                .map(parameter -> storage(parameter.array(), manager))
                .toList();
        for (int i = 0; i < storages.size(); i++) {
            storages.get(i).muli(0).addi(i);
        }
        Map<Long, List<Integer>> sharing = new TreeMap<>();
        for (int i = 0; i < storages.size(); i++) {
            sharing.computeIfAbsent(firstNumber(storages.get(i)), last -> new ArrayList<>())
                    .add(i);
        }
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (List<Integer> positions : sharing.values()) {
            for (List<Integer> same : byView(positions, storages, manager)) {
                groups.put(same.get(0), distinct(same, module));
            }
        }
        return new TiedParameters(List.copyOf(groups.values()));
    }

    /** One parameter for each group. */
    List<Parameter> of(List<Parameter> module) {
        return groups.stream()
                .map(group -> {
                    Parameter own = module.get(group.get(0));
                    return new Parameter(
                            own.name(),
                            own.array(),
                            group.stream()
                                    .skip(1)
                                    .map(position -> module.get(position).array())
                                    .toList());
                })
                .toList();
    }

    /** The same first element may still be that of a transposed or a shorter view, which is then a parameter itself. */
    private static List<List<Integer>> byView(List<Integer> positions, List<NDArray> storages, NDManager manager) {
        List<List<Integer>> views = new ArrayList<>();
        List<Integer> rest = new ArrayList<>(positions);
        while (!rest.isEmpty()) {
            NDArray first = storages.get(rest.get(0));
            Shape shape = first.getShape();
            if (rest.size() > 1) {
                first.set(new NDIndex("..."), manager.arange((int) shape.size()).reshape(shape));
            }
            List<Integer> same = rest.stream()
                    .filter(position -> position.equals(rest.get(0))
                            || (storages.get(position).getShape().equals(shape)
                                    && storages.get(position).contentEquals(first)))
                    .toList();
            views.add(same);
            rest.removeAll(same);
        }
        return views;
    }

    /** Of names that lead to the same tensor the first: what is done to one tensor's flag is seen through all of them. */
    private static List<Integer> distinct(List<Integer> same, List<Parameter> module) {
        Map<Integer, PtNDArray> remaining = new LinkedHashMap<>();
        same.forEach(position ->
                remaining.put(position, (PtNDArray) module.get(position).array()));
        List<Integer> distinct = new ArrayList<>();
        while (!remaining.isEmpty()) {
            int position = remaining.keySet().iterator().next();
            distinct.add(position);
            JniUtils.attachGradient(remaining.get(position), false);
            remaining.values().removeIf(tensor -> !JniUtils.requiresGrad(tensor));
        }
        return distinct;
    }

    private static NDArray storage(NDArray parameter, NDManager manager) {
        NDArray storage = parameter.stopGradient();
        storage.attach(manager);
        return storage;
    }

    private static long firstNumber(NDArray storage) {
        long[] first = new long[storage.getShape().dimension()];
        try (NDArray number = first.length == 0 ? storage.duplicate() : storage.get(new NDIndex(first))) {
            return number.toType(ai.djl.ndarray.types.DataType.INT64, true).getLong();
        }
    }
}
