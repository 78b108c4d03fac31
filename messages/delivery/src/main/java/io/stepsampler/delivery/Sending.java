package io.stepsampler.delivery;

import io.stepsampler.delivery.Outbox.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages on their way to the broker, by their ids. */
record Sending(Map<Long, CompletableFuture<Void>> answers) {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    static Sending start(List<Entry> entries, Function<OutgoingMessage, CompletionStage<Void>> send) {
        Map<Long, CompletableFuture<Void>> answers = new LinkedHashMap<>();
        entries.forEach(entry -> answers.put(entry.id(), start(entry.message(), send)));
        return new Sending(answers);
    }

    private static CompletableFuture<Void> start(
            OutgoingMessage message, Function<OutgoingMessage, CompletionStage<Void>> send) {
        try {
            return send.apply(message).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether the broker has answered all, well or not. */
    boolean isOverWithin(Duration time) {
        try {
            CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                    .get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            LOG.warn("a message stays in the outbox: {}", e.toString());
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** What the broker has. */
    List<Long> done() {
        return ids(Sending::isDone);
    }

    /** What it refused, or has not answered yet. */
    List<Long> open() {
        return ids(answer -> !isDone(answer));
    }

    /** Of those, what it will never take. */
    List<Long> tooLarge() {
        return ids(answer -> answer.isCompletedExceptionally()
                && answer.handle((nothing, failure) -> failure).join() instanceof RecordTooLargeException);
    }

    private List<Long> ids(Predicate<CompletableFuture<Void>> filter) {
        return answers.entrySet().stream()
                .filter(answer -> filter.test(answer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isDone(CompletableFuture<Void> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }
}
