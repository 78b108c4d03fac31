package io.stepsampler.messages.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a record read from JSON lacks: a component that is null though its type does not say so. */
final class CompleteRecords {

    private CompleteRecords() {}

    /** The path of the first missing component, such as {@code training.loss}. */
    static Optional<String> firstMissing(@Nullable Object value) {
        return firstMissing(value, "");
    }

    private static Optional<String> firstMissing(@Nullable Object value, String path) {
        if (value instanceof Collection<?> elements) {
            return elements.stream()
                    .map(element -> firstMissing(element, path))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!(value instanceof Record)) {
            return Optional.empty();
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String componentPath = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Object componentValue = read(component, value);
            if (componentValue == null) {
                if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    return Optional.of(componentPath);
                }
                continue;
            }
            Optional<String> missing = firstMissing(componentValue, componentPath);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object read(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
