package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images that torchvision's {@code ImageFolder} finds, in its order: one folder for each class, sorted by name, its
 * nested folders walked, links followed, files chosen by extension.
 */
public record ImageFolder(List<String> classes, List<Image> images) {

    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp");

    public ImageFolder {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
    }

    /** @param label the number of the class that its folder stands for */
    public record Image(Path file, int label) {}

    /** @param key where the search file names the folder, such as {@code data.train} */
    public static ImageFolder read(String key, String location, Locations locations) throws Refusal {
        Path folder = locations.folder(key, location);
        List<Path> classFolders = list(key, folder).stream()
                .filter(Files::isDirectory)
                .sorted(Comparator.comparing(Path::toString))
                .toList();
        if (classFolders.isEmpty()) {
            throw Refusal.badInput(key, location, "it must hold one folder of images for each class, and holds none");
        }
        List<Image> images = new ArrayList<>();
        for (int label = 0; label < classFolders.size(); label++) {
            List<Path> files = imageFiles(key, classFolders.get(label));
            if (files.isEmpty()) {
                throw Refusal.badInput(
                        key,
                        location,
                        "the class folder " + classFolders.get(label).getFileName()
                                + " holds no image; each must hold at least one file that ends in one of "
                                + EXTENSIONS.stream().sorted().toList());
            }
            for (Path file : files) {
                locations.requireAllowed(key, file);
                images.add(new Image(file, label));
            }
        }
        return new ImageFolder(
                classFolders.stream().map(path -> path.getFileName().toString()).toList(), images);
    }

    private static List<Path> list(String key, Path folder) throws Refusal {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw Refusal.badInput(key, folder, "the folder cannot be read (" + e + ")");
        }
    }

    private static List<Path> imageFiles(String key, Path classFolder) throws Refusal {
        try (Stream<Path> files = Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> EXTENSIONS.contains(extension(file)))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                            .thenComparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw Refusal.badInput(key, classFolder, "the folder cannot be read (" + e + ")");
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
