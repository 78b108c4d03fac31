package io.stepsampler.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker that keeps what relays hand over. */
final class TakenMessages {

    private final BlockingQueue<OutgoingMessage> taken = new LinkedBlockingQueue<>();

    static OutgoingMessage message(String key) {
        return new OutgoingMessage("topic", key, "application/json", "{}");
    }

    CompletionStage<Void> take(OutgoingMessage message) {
        taken.add(message);
        return CompletableFuture.completedFuture(null);
    }

    OutgoingMessage next() throws InterruptedException {
        return Objects.requireNonNull(taken.poll(30, TimeUnit.SECONDS), "no message left the outbox");
    }

    List<OutgoingMessage> next(int number) throws InterruptedException {
        List<OutgoingMessage> next = new ArrayList<>();
        while (next.size() < number) {
            next.add(next());
        }
        return next;
    }

    boolean areAllSeen() {
        return taken.isEmpty();
    }
}
