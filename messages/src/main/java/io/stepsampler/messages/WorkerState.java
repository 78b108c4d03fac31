package io.stepsampler.messages;

import java.time.Instant;

/** On topic {@code workers}, every two seconds: a worker is alive. {@code busy}: slots that hold a trial. */
public record WorkerState(
        String workerId, String pool, int slots, int busy, String device, String version, Instant at) {}
