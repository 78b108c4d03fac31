package io.stepsampler.worker.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The entries of a zip held in memory. PyTorch writes stored entries with their lengths behind them, which the stream
 * of {@code java.util.zip} cannot read; the directory at the end has the lengths (APPNOTE.TXT of PKWARE, 4.3).
 */
final class ZipContent {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int DIRECTORY_ENTRY_BYTES = 46;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int STORED = 0;

    private final byte[] bytes;
    private final ByteBuffer content;
    private final Map<String, Entry> entries;

    private record Entry(int method, int compressedBytes, int localHeader) {}

    private ZipContent(byte[] bytes, ByteBuffer content, Map<String, Entry> entries) {
        this.bytes = bytes;
        this.content = content;
        this.entries = Collections.unmodifiableMap(entries);
    }

    static ZipContent of(byte[] bytes) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int end = end(content);
            int count = content.getShort(end + 10) & 0xffff;
            int at = content.getInt(end + 16);
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                if (content.getInt(at) != DIRECTORY_ENTRY) {
                    throw new IOException("its zip directory is broken");
                }
                int nameBytes = content.getShort(at + 28) & 0xffff;
                String name = new String(bytes, at + DIRECTORY_ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
                Entry entry = new Entry(content.getShort(at + 10), content.getInt(at + 20), content.getInt(at + 42));
                entries.put(name, entry);
                at += DIRECTORY_ENTRY_BYTES
                        + nameBytes
                        + (content.getShort(at + 30) & 0xffff)
                        + (content.getShort(at + 32) & 0xffff);
            }
            return new ZipContent(bytes, content, entries);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("its zip directory is broken", e);
        }
    }

    private static int end(ByteBuffer content) throws IOException {
        int last = content.capacity() - END_BYTES;
        for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (content.getInt(at) == END) {
                return at;
            }
        }
        throw new IOException("it is no zip");
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** At most so many bytes of the entry, because it may unpack to any length. */
    Optional<byte[]> read(String name, int atMostBytes) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            int header = entry.localHeader();
            int begin = header
                    + LOCAL_HEADER_BYTES
                    + (content.getShort(header + 26) & 0xffff)
                    + (content.getShort(header + 28) & 0xffff);
            InputStream packed = new ByteArrayInputStream(bytes, begin, entry.compressedBytes());
            return Optional.of(
                    entry.method() == STORED ? packed.readNBytes(atMostBytes) : inflated(packed, atMostBytes));
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("its zip entry " + name + " is broken", e);
        }
    }

    private static byte[] inflated(InputStream packed, int atMostBytes) throws IOException {
        Inflater inflater = new Inflater(/* nowrap= */ true);
        try (InputStream unpacked = new InflaterInputStream(packed, inflater)) {
            return unpacked.readNBytes(atMostBytes);
        } finally {
            inflater.end();
        }
    }
}
