package io.stepsampler.worker.isolation;

import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Messages between a worker and its child: the length in bytes, then JSON. */
final class Frames {

    private static final int MOST_BYTES = 256 << 20;

    private Frames() {}

    static void write(DataOutputStream output, Object message) throws IOException {
        byte[] json = MessageJson.write(message);
        output.writeInt(json.length);
        output.write(json);
        output.flush();
    }

    /** Throws {@link java.io.EOFException} where the other side has ended. */
    static <T> T read(DataInputStream input, Class<T> type) throws IOException {
        int length = input.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a frame of " + length + " bytes; the other side is no trial process");
        }
        byte[] json = new byte[length];
        input.readFully(json);
        try {
            return MessageJson.read(json, type);
        } catch (UnreadableMessage e) {
            throw new IOException("the other side wrote an unreadable frame", e);
        }
    }
}
