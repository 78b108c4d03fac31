package io.stepsampler.delivery;

import io.stepsampler.delivery.Outbox.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages of this process that are in the table now, in memory too, so that its relay need not read them. */
final class CommittedMessages {

    /** More stay in the table alone until they are due. */
    private static final int MOST = 10_000;

    private final BlockingQueue<Committed> waiting = new LinkedBlockingQueue<>(MOST);

    private record Committed(Entry entry, long storedNanos) {

        /** Whether no other relay may send it for some time; half of the time is left for the sending. */
        boolean isHeld() {
            return System.nanoTime() - storedNanos < Relay.HOLD.toNanos() / 2;
        }
    }

    /** @param storedNanos when they were put into the table, by {@link System#nanoTime} */
    void add(List<Entry> entries, long storedNanos) {
        for (Entry entry : entries) {
            if (!waiting.offer(new Committed(entry, storedNanos))) {
                // sent when it is due
                return;
            }
        }
    }

    /** Waits for one, and takes what others there are by then; none where none comes, or where all have waited too long. */
    List<Entry> take(int atMost, long waitNanos) throws InterruptedException {
        Committed first = waiting.poll(waitNanos, TimeUnit.NANOSECONDS);
        if (first == null) {
            return List.of();
        }
        List<Committed> taken = new ArrayList<>(List.of(first));
        waiting.drainTo(taken, atMost - 1);
        return taken.stream().filter(Committed::isHeld).map(Committed::entry).toList();
    }
}
