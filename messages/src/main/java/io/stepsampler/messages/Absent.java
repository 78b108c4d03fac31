package io.stepsampler.messages;

import org.jspecify.annotations.Nullable;

/** Fields that came later are absent in what older services wrote. */
final class Absent {

    private Absent() {}

    static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
