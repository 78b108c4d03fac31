package io.stepsampler.messages.json;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every record that differs from a given one in one component, at any depth. */
final class ChangedComponents {

    private ChangedComponents() {}

    /** By path, such as {@code training.optimizer.momentum}; no component may be absent, and no list empty. */
    static <T extends Record> Map<String, T> of(T whole, Class<T> type) {
        Map<String, T> changed = new LinkedHashMap<>();
        change(whole, "", type::cast, changed);
        return changed;
    }

    private static <T> void change(
            @Nullable Object value, String path, Function<Object, T> into, Map<String, T> changed) {
        if (value instanceof Record owner) {
            RecordComponent[] components = owner.getClass().getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                int index = i;
                change(
                        component(owner, components[i]),
                        path.isEmpty() ? components[i].getName() : path + "." + components[i].getName(),
                        other -> into.apply(with(owner, index, other)),
                        changed);
            }
        } else if (value instanceof List<?> list && list.get(0) instanceof Record first) {
            change(first, path, other -> into.apply(List.of(other)), changed);
        } else {
            changed.put(path, into.apply(other(value, path)));
        }
    }

    private static Object other(@Nullable Object value, String path) {
        if (value instanceof UUID) {
            return UUID.randomUUID();
        } else if (value instanceof String text) {
            return text + "x";
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Double number) {
            return number / 2 + 0.01;
        } else if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof List<?> list && list.get(0) instanceof Double first) {
            return List.of(first / 2);
        } else if (value instanceof List<?> list && list.get(0) instanceof String) {
            return List.of("x");
        } else if (value instanceof Map<?, ?>) {
            return Map.of("x", "x");
        }
        throw new AssertionError(path + " is " + value + ", which cannot be changed");
    }

    private static Object with(Record owner, int index, Object other) {
        RecordComponent[] components = owner.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component(owner, component))
                .toArray();
        values[index] = other;
        try {
            return owner.getClass()
                    .getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object component(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
