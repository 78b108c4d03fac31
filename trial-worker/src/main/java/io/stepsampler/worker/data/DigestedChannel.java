package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of a file in order, digested as they pass, a piece at a time: a checkpoint may be larger than the heap. The
 * piece lies outside the heap, where PyTorch can read it.
 */
final class DigestedChannel implements AutoCloseable {

    /** Of a piece that need not be whole; a multiple of the size of any number. */
    static final int PIECE = 1 << 22;

    private final ReadableByteChannel channel;
    private final Digest digest = new Digest();
    private ByteBuffer piece = ByteBuffer.allocateDirect(0);

    DigestedChannel(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** The next bytes, least significant first; they are there until the next call. */
    ByteBuffer read(int bytes) throws IOException {
        if (piece.capacity() < bytes) {
            piece = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        piece.clear().limit(bytes);
        while (piece.hasRemaining()) {
            if (channel.read(piece) < 0) {
                throw new EOFException("it ends " + piece.remaining() + " bytes early");
            }
        }
        digest.add(piece.flip());
        return piece.rewind();
    }

    /** Of what has been read. */
    String digest() {
        return digest.hex();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
