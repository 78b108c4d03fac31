package io.stepsampler.worker.training;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What numbers follow from besides software, as Linux tells it: which GPU, or which instructions of the processor. */
final class Hardware {

    private static final String MODEL = "Model:";
    private static final String FLAGS = "flags";

    /** Of which PyTorch has kernels of their own, the widest first. */
    private static final List<String> INSTRUCTIONS = List.of("avx512f", "avx2");

    private static final String UNKNOWN = "unknown";

    private final Path processes;

    /** @param processes usually {@code /proc} */
    Hardware(Path processes) {
        this.processes = processes;
    }

    /** Of two devices of which it is not, nobody knows that they are alike. */
    static boolean isKnown(String model) {
        return !model.startsWith(UNKNOWN);
    }

    /** Such as NVIDIA H200. Of several models it is not known which of them is in use: CUDA has its own order. */
    String gpu() {
        NavigableSet<String> models = new TreeSet<>();
        try (DirectoryStream<Path> gpus = Files.newDirectoryStream(processes.resolve("driver/nvidia/gpus"))) {
            for (Path gpu : gpus) {
                try (Stream<String> lines = Files.lines(gpu.resolve("information"))) {
                    lines.filter(line -> line.startsWith(MODEL))
                            .map(line -> line.substring(MODEL.length()).strip())
                            .forEach(models::add);
                }
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        if (models.isEmpty()) {
            return UNKNOWN;
        }
        return models.size() == 1 ? models.first() : UNKNOWN + ": " + String.join(" or ", models);
    }

    /** Such as avx2; the name of the architecture where it has none of these. */
    String instructions() {
        try (Stream<String> lines = Files.lines(processes.resolve("cpuinfo"))) {
            List<String> flags = lines.filter(line -> line.startsWith(FLAGS))
                    .findFirst()
                    .map(line -> List.of(line.split("\\s+")))
                    .orElse(List.of());
            return INSTRUCTIONS.stream().filter(flags::contains).findFirst().orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
