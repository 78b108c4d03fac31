package io.stepsampler.coordinator.teams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of files that the deployment declares itself with. */
record DeclarationFolder(Path path) {

    /**
     * What it holds.
     *
     * @param texts by the name of their file
     * @param faults why not all can be read, a sentence each
     */
    record Content(Map<String, String> texts, List<String> faults) {

        static final Content NONE = new Content(Map.of(), List.of());

        Content {
            texts = new TreeMap<>(texts);
            faults = List.copyOf(faults);
        }
    }

    Content read() {
        Map<String, String> texts = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            files.filter(DeclarationFolder::isDeclaration).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                try {
                    texts.put(name, Files.readString(file));
                } catch (IOException e) {
                    faults.add(name + " cannot be read: " + e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            faults.add("stepsampler.declarations is " + path + "; must be a folder that can be read: " + e);
        }
        if (texts.isEmpty() && faults.isEmpty()) {
            // not there yet, as with a volume that is filled later: nobody wants all teams gone by it
            faults.add("stepsampler.declarations is " + path
                    + "; must hold a file that ends in .yaml, .yml or .json: an empty one declares nothing");
        }
        return new Content(texts, faults);
    }

    private static boolean isDeclaration(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)");
    }
}
