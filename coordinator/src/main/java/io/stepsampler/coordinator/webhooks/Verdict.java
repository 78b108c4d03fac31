package io.stepsampler.coordinator.webhooks;

import java.time.Duration;

/** What follows from an answer. */
public sealed interface Verdict {

    DeliveryState state();

    record Delivered() implements Verdict {

        @Override
        public DeliveryState state() {
            return DeliveryState.DELIVERED;
        }
    }

    /** It is sent again after a pause. */
    record Again(Duration pause) implements Verdict {

        @Override
        public DeliveryState state() {
            return DeliveryState.PENDING;
        }
    }

    /** That was the last attempt. */
    record GivenUp() implements Verdict {

        @Override
        public DeliveryState state() {
            return DeliveryState.FAILED;
        }
    }

    /** The receiver wants nothing any more: neither this nor anything else is sent to it. */
    record Unwanted() implements Verdict {

        @Override
        public DeliveryState state() {
            return DeliveryState.FAILED;
        }
    }
}
