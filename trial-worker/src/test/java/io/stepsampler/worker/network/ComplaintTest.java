package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: unspecified launch failure",
                "CUDA error: device-side assert triggered",
                "CUDA error: uncorrectable ECC error encountered"
            })
    void aDeviceThatAnswersNoMoreIsLost(String message) {
        assertThat(Complaint.speaksOfLostDevice(new EngineException(message))).isTrue();
        assertThat(Complaint.speaksOfMemory(new EngineException(message))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB",
                "CUDA error: out of memory",
                "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
                        + " allocate 4503599627370496 bytes."
            })
    void memoryThatRunsOutIsNoLostDevice(String message) {
        assertThat(Complaint.speaksOfMemory(new EngineException(message))).isTrue();
        assertThat(Complaint.speaksOfLostDevice(new EngineException(message))).isFalse();
    }

    @Test
    void anyOtherErrorIsNeither() {
        EngineException shapes = new EngineException("mat1 and mat2 shapes cannot be multiplied (2x5 and 4x3)");
        assertThat(Complaint.speaksOfMemory(shapes)).isFalse();
        assertThat(Complaint.speaksOfLostDevice(shapes)).isFalse();
    }

    @Test
    void theTellingLineIsKept() {
        assertThat(Complaint.of(new EngineException("Traceback of TorchScript:\n  File x\nRuntimeError: too long\n")))
                .isEqualTo("RuntimeError: too long");
        assertThat(Complaint.of(new EngineException("""
                        The following operation failed in the TorchScript interpreter.
                        Traceback of TorchScript (most recent call last):
                                raise ValueError("Expected more than 1 value per channel when training")
                        builtins.ValueError: Expected more than 1 value per channel when training
                        """)))
                .isEqualTo("builtins.ValueError: Expected more than 1 value per channel when training");
    }
}
