package io.stepsampler.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;

/**
 * The relay that runs in this process, told of messages as they are committed: it need not look for them. Part of Jdbi's
 * configuration, and so at hand wherever a transaction is.
 */
public final class LocalRelay implements JdbiConfig<LocalRelay> {

    private final AtomicReference<@Nullable Relay> running = new AtomicReference<>();

    void is(Relay relay) {
        running.set(relay);
    }

    void isNoLonger(Relay relay) {
        running.compareAndSet(relay, null);
    }

    /** So long no relay looks for a message in the table, this one or another's: it is told of it. */
    Duration hold() {
        return running.get() == null ? Duration.ZERO : Relay.HOLD;
    }

    void committed(List<Outbox.Entry> entries, long storedNanos) {
        Relay relay = running.get();
        if (relay != null) {
            relay.committed(entries, storedNanos);
        }
    }

    /** The same for every handle. */
    @Override
    public LocalRelay createCopy() {
        return this;
    }
}
