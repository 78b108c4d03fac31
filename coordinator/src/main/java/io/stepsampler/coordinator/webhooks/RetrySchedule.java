package io.stepsampler.coordinator.webhooks;

import java.time.Duration;
import java.util.List;

/**
 * When an event is sent again. {@code pauses}: between an attempt and the next, so that there is one attempt more than
 * pauses. Each is made longer by up to a tenth, so that what failed together does not come again together.
 */
public record RetrySchedule(List<Duration> pauses) {

    private static final double LONGEST_DELAY = 0.1;
    private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(1);

    public RetrySchedule {
        pauses = List.copyOf(pauses);
        pauses.stream().filter(Duration::isNegative).findFirst().ifPresent(pause -> {
            throw new IllegalArgumentException("a pause between attempts is " + pause + "; must not be negative");
        });
    }

    /**
     * @param attempt the number of the one that was answered, from 1
     * @param random from 0 to 1
     */
    public Verdict verdict(Answer answer, int attempt, double random) {
        if (answer instanceof Answer.Status status && status.isAccepted()) {
            return new Verdict.Delivered();
        }
        if (answer instanceof Answer.Status status && status.isGone()) {
            return new Verdict.Unwanted();
        }
        if (attempt > pauses.size()) {
            return new Verdict.GivenUp();
        }
        Duration planned = pauses.get(attempt - 1);
        Duration pause = planned.plusMillis(Math.round(planned.toMillis() * LONGEST_DELAY * random));
        Duration askedFor = askedFor(answer);
        return new Verdict.Again(pause.compareTo(askedFor) < 0 ? askedFor : pause);
    }

    private static Duration askedFor(Answer answer) {
        Duration askedFor = answer instanceof Answer.Status status ? status.retryAfter() : null;
        if (askedFor == null) {
            return Duration.ZERO;
        }
        return askedFor.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : askedFor;
    }
}
