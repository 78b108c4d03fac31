package io.stepsampler.messages.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a record read from JSON lacks: a component that is null though its type does not say so. */
final class CompleteRecords {

    /** The virtual machine makes components and their annotations anew for each who asks, which takes long. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents())
                    .filter(component -> !component.getType().isPrimitive())
                    .map(Component::of)
                    .toList();
        }
    };

    private CompleteRecords() {}

    private record Component(String name, boolean nullable, Method accessor) {

        static Component of(RecordComponent component) {
            return new Component(
                    component.getName(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component.getAccessor());
        }

        @Nullable
        Object read(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    /** The path of the first missing component, such as {@code training.loss}. */
    static Optional<String> firstMissing(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.stream()
                    .map(CompleteRecords::firstMissing)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!(value instanceof Record)) {
            return Optional.empty();
        }
        for (Component component : COMPONENTS.get(value.getClass())) {
            Object part = component.read(value);
            if (part == null && !component.nullable()) {
                return Optional.of(component.name());
            }
            Optional<String> missing = firstMissing(part);
            if (missing.isPresent()) {
                return missing.map(path -> component.name() + "." + path);
            }
        }
        return Optional.empty();
    }
}
