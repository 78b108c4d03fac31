package io.stepsampler.delivery;

import org.jdbi.v3.core.Handle;

/** Remembers which messages have taken effect, in the transaction of that effect. */
public final class Inbox {

    private Inbox() {}

    /** Whether the message is new. One that was seen must change nothing. */
    public static boolean accept(Handle transaction, String messageId) {
        return transaction
                        .createUpdate("insert into inbox (message_id) values (:messageId) on conflict do nothing")
                        .bind("messageId", messageId)
                        .execute()
                == 1;
    }

    /** Forgets what is older than the topics keep their records, and so cannot arrive again. */
    public static void forget(Handle transaction, int olderThanDays) {
        transaction
                .createUpdate("delete from inbox where received_at < now() - make_interval(days => :days)")
                .bind("days", olderThanDays)
                .execute();
    }
}
