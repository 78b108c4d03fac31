package io.stepsampler.messages.json;

import org.jspecify.annotations.Nullable;

/** The bytes of a record are not the message that its topic promises. */
public final class UnreadableMessage extends Exception {

    public UnreadableMessage(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
