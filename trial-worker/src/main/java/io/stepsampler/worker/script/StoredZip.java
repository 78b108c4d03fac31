package io.stepsampler.worker.script;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip in memory as PyTorch writes and reads it: entries that are not compressed. */
public final class StoredZip {

    /** Of names, twice, and of the directory: more makes the memory grow, no more than that. */
    private static final int HEADER_BYTES = 1 << 18;

    private final Memory memory;
    private final ZipOutputStream zip;

    /** @param contentBytes of all entries together, about */
    public StoredZip(int contentBytes) {
        memory = new Memory(contentBytes + HEADER_BYTES);
        zip = new ZipOutputStream(memory);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** Read where it was written, because an archive may be large. */
    private static final class Memory extends ByteArrayOutputStream {

        Memory(int bytes) {
            super(bytes);
        }

        InputStream stream() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    public void add(String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** The whole zip; nothing can be added from then on. */
    public InputStream stream() throws IOException {
        zip.close();
        return memory.stream();
    }
}
