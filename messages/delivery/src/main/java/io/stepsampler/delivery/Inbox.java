package io.stepsampler.delivery;

import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Remembers which messages have taken effect, in the transaction of that effect. */
public final class Inbox {

    private Inbox() {}

    /** Those of them that are new. One that was seen must change nothing. */
    public static Set<String> accept(Handle transaction, Collection<String> messageIds) {
        // in one order everywhere: of two that insert the same, one waits for the other
        String[] inOrder = messageIds.stream().distinct().sorted().toArray(String[]::new);
        return transaction
                .createQuery("insert into inbox (message_id) select unnest(:messageIds) on conflict do nothing"
                        + " returning message_id")
                .bindArray("messageIds", String.class, (Object[]) inOrder)
                .mapTo(String.class)
                .set();
    }

    /** Forgets what is older than the topics keep their records, and so cannot arrive again. */
    public static void forget(Handle transaction, int olderThanDays) {
        transaction
                .createUpdate("delete from inbox where received_at < now() - make_interval(days => :days)")
                .bind("days", olderThanDays)
                .execute();
    }
}
