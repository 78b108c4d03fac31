package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file of UTF-8 text, plain or gzipped, as refusals name it.
 *
 * @param key where the search file names it
 */
record TextFile(String key, String location, Path path) {

    private static final int BYTE_ORDER_MARK = '\uFEFF';

    static TextFile of(String key, String location, Locations locations) throws Refusal {
        return new TextFile(key, location, locations.file(key, location));
    }

    /** What reads a text once it is open. */
    interface Reading<T> {
        T read(BufferedReader text) throws IOException, Refusal;
    }

    <T> T read(Reading<T> reading) throws Refusal {
        try (BufferedReader text = open()) {
            return reading.read(text);
        } catch (CharacterCodingException e) {
            throw refusal("it must be UTF-8 text, and is not (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw refusal("it cannot be read (" + e.getMessage() + ")");
        }
    }

    List<String> lines() throws Refusal {
        return read(text -> {
            List<String> lines = new ArrayList<>();
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.add(line);
            }
            return lines;
        });
    }

    /** Its name says so: {@code .jsonl} or {@code .json}, perhaps gzipped. */
    boolean isJsonLines() {
        String stored = Locations.name(location);
        String name = stored.endsWith(".gz") ? stored.substring(0, stored.length() - 3) : stored;
        return name.endsWith(".jsonl") || name.endsWith(".json");
    }

    Refusal refusal(String explanation) {
        return Refusal.badInput(key, location, explanation);
    }

    /** A decoder of its own refuses what is no UTF-8; the usual one would put question marks in its place. */
    private BufferedReader open() throws IOException {
        InputStream stored = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            BufferedReader text = new BufferedReader(
                    new InputStreamReader(
                            isGzip(stored) ? new GZIPInputStream(stored, 1 << 16) : stored,
                            StandardCharsets.UTF_8.newDecoder()),
                    1 << 16);
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }

    private static boolean isGzip(InputStream stored) throws IOException {
        stored.mark(2);
        boolean gzip = stored.read() == 0x1f && stored.read() == 0x8b;
        stored.reset();
        return gzip;
    }
}
