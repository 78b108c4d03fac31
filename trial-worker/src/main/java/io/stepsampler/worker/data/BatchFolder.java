package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of batches that another program has put together, one {@code .safetensors} file for each, in the order of
 * their names. Tensors are named after the arguments of {@code forward}, and {@code y}.
 */
public final class BatchFolder {

    private static final String ENDING = ".safetensors";

    private final List<BatchFile> files;

    private BatchFolder(List<BatchFile> files) {
        this.files = files;
    }

    /**
     * Reads and compares the headers; the tensors are read when they are asked for.
     *
     * @param key where the search file names the folder, such as {@code data.train}
     */
    public static BatchFolder open(String key, String location, Loss loss, Locations locations) throws Refusal {
        List<Path> paths = paths(key, locations.folder(key, location));
        if (paths.isEmpty()) {
            throw Refusal.badInput(
                    key, location, "it must hold one .safetensors file for each batch, at least one, and holds none");
        }
        List<BatchFile> files = new ArrayList<>();
        for (Path path : paths) {
            locations.requireAllowed(key, path);
            files.add(BatchFile.open(key, path, loss));
        }
        requireEqualNames(key, location, files);
        return new BatchFolder(List.copyOf(files));
    }

    /** How many batches there are before they begin again. */
    public int count() {
        return files.size();
    }

    /** As many as wanted, the first again after the last; no file is read twice. */
    public List<Batch> training(int batches, NDManager manager) throws Refusal {
        List<Batch> read = new ArrayList<>();
        for (BatchFile file : files.subList(0, Math.min(batches, files.size()))) {
            read.add(file.read(manager));
        }
        List<Batch> wanted = new ArrayList<>(batches);
        for (int i = 0; i < batches; i++) {
            wanted.add(read.get(i % read.size()));
        }
        return List.copyOf(wanted);
    }

    /** Whole batches until so many examples are reached, or all. */
    public List<Batch> validation(int examples, NDManager manager) throws Refusal {
        List<Batch> read = new ArrayList<>();
        long rows = 0;
        for (int i = 0; i < files.size() && rows < examples; i++) {
            Batch batch = files.get(i).read(manager);
            read.add(batch);
            rows += batch.rows();
        }
        return List.copyOf(read);
    }

    private static List<Path> paths(String key, Path folder) throws Refusal {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw Refusal.badInput(key, folder, "the folder cannot be read (" + e + ")");
        }
    }

    private static void requireEqualNames(String key, String location, List<BatchFile> files) throws Refusal {
        BatchFile first = files.get(0);
        Set<String> names = new TreeSet<>(first.names());
        for (BatchFile file : files) {
            if (!new TreeSet<>(file.names()).equals(names)) {
                throw Refusal.badInput(
                        key,
                        location,
                        first.path().getFileName() + " holds " + names + " and "
                                + file.path().getFileName() + " holds " + new TreeSet<>(file.names())
                                + "; all batches must hold tensors of the same names");
            }
        }
    }
}
