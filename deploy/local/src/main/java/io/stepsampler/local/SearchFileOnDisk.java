package io.stepsampler.local;

import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads a search file; relative paths in it start at its own folder. */
final class SearchFileOnDisk {

    private SearchFileOnDisk() {}

    static SearchFile.Accepted read(Path file) {
        String text = TextOnDisk.read("FILE", file);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        SearchFile.Reading reading = SearchFile.read(text, new Locations.RelativeTo(folder));
        if (reading instanceof SearchFile.Refused refused) {
            throw refused(file, refused.refusals());
        }
        return (SearchFile.Accepted) reading;
    }

    static Complaint refused(Path file, List<Refusal> refusals) {
        return Complaint.refused(refusals.stream()
                .map(refusal -> file + ": " + refusal.sentence())
                .collect(Collectors.joining(System.lineSeparator())));
    }
}
