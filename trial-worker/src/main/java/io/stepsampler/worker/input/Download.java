package io.stepsampler.worker.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A file on its way.
 *
 * @param bytes how many will come, or −1 where the server does not say
 * @param ending ends it, whether or not all was read
 */
record Download(InputStream content, long bytes, Optional<String> version, Closeable ending) implements Closeable {

    @Override
    public void close() throws IOException {
        ending.close();
    }
}
