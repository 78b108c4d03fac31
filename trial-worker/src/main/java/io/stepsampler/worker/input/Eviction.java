package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Holds the cache to its bound: what was used longest ago goes first. Call it under the cache's lock. */
final class Eviction {

    static final String TEAMS = "teams";
    static final String ENTRIES = "entries";
    static final String INDEX = "index";

    private final Path teams;
    private final Path bytesFile;
    private final long mostBytes;

    /** @param folder the cache's */
    Eviction(Path folder, long mostBytes) {
        this.teams = folder.resolve(TEAMS);
        this.bytesFile = folder.resolve("bytes");
        this.mostBytes = mostBytes;
    }

    private record Entry(Path path, long bytes, FileTime used) {}

    /** The sum is only a hint when to look: a worker killed in between leaves it wrong, and looking sets it right. */
    void added(Path entry) throws IOException {
        long bytes = Files.size(entry);
        long sum = recorded() + bytes;
        Files.writeString(bytesFile, Long.toString(sum > mostBytes || sum < bytes ? evict(entry) : sum));
    }

    private long recorded() throws IOException {
        if (!Files.exists(bytesFile)) {
            return mostBytes;
        }
        try {
            return Long.parseLong(Files.readString(bytesFile));
        } catch (NumberFormatException e) {
            return mostBytes;
        }
    }

    /**
     * Goes a tenth below the bound, so that a full cache is not listed at each addition.
     *
     * @param added stays: time stamps do not tell that it is the newest when two are equal or a clock was set back
     */
    private long evict(Path added) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path team : list(teams)) {
            for (Path entry : list(team.resolve(ENTRIES))) {
                BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
                entries.add(new Entry(entry, attributes.size(), attributes.lastModifiedTime()));
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        long sum = entries.stream().mapToLong(Entry::bytes).sum();
        long enough = sum > mostBytes ? mostBytes - mostBytes / 10 : mostBytes;
        for (Entry entry : entries) {
            if (sum <= enough) {
                break;
            }
            if (!entry.path().equals(added)) {
                Files.delete(entry.path());
                sum -= entry.bytes();
            }
        }
        forgetEvicted();
        return sum;
    }

    private void forgetEvicted() throws IOException {
        for (Path team : list(teams)) {
            for (Path known : list(team.resolve(INDEX))) {
                String digest = Files.readString(known).lines().findFirst().orElse("");
                if (!Files.exists(team.resolve(ENTRIES).resolve(digest))) {
                    Files.delete(known);
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
