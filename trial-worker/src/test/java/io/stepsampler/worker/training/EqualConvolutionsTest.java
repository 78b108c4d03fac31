package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EqualConvolutionsTest {

    /** The names of the functions are those of the library that the worker brings. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void pyTorchTakesTheDemand() {
        Arithmetic.start(1);

        assertThat(EqualConvolutions.demand()).isTrue();
    }
}
