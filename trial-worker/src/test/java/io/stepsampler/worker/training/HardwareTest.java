package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {

    @TempDir
    Path processes;

    @Test
    void aDeviceIsKnownByItsModelUnlessThereAreSeveral() throws IOException {
        gpu("0000:01:00.0", "Model: \t\t NVIDIA H200\nIRQ:   \t\t 42\n");
        gpu("0000:02:00.0", "Model: \t\t NVIDIA H200\nIRQ:   \t\t 43\n");
        assertThat(hardware().gpu()).isEqualTo("NVIDIA H200").matches(Hardware::isKnown);

        gpu("0000:03:00.0", "Model: \t\t Tesla T4\n");
        assertThat(hardware().gpu()).isEqualTo("unknown: NVIDIA H200 or Tesla T4");
        assertThat(Hardware.isKnown(hardware().gpu())).isFalse();
    }

    @Test
    void processorsAreToldApartByTheWidestInstructionsThatPyTorchHasKernelsFor() throws IOException {
        cpuinfo("model name\t: a\nflags\t\t: fpu avx avx2 fma\n\nmodel name\t: a\nflags\t\t: fpu\n");
        assertThat(hardware().instructions()).isEqualTo("avx2");

        cpuinfo("flags\t\t: fpu avx2 avx512f avx512vl\n");
        assertThat(hardware().instructions()).isEqualTo("avx512f");

        cpuinfo("Features\t: fp asimd\n");
        assertThat(hardware().instructions()).isEqualTo(System.getProperty("os.arch"));
    }

    @Test
    void aSystemThatTellsNothingIsUnknown() {
        assertThat(hardware().gpu()).isEqualTo("unknown");
        assertThat(hardware().instructions()).isEqualTo("unknown");
    }

    private Hardware hardware() {
        return new Hardware(processes);
    }

    private void cpuinfo(String text) throws IOException {
        Files.writeString(processes.resolve("cpuinfo"), text);
    }

    private void gpu(String address, String information) throws IOException {
        Path folder =
                Files.createDirectories(processes.resolve("driver/nvidia/gpus").resolve(address));
        Files.writeString(folder.resolve("information"), information);
    }
}
