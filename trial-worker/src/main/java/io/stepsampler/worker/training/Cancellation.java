package io.stepsampler.worker.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a trial to stop. It is looked at between steps. */
public final class Cancellation {

    private final CountDownLatch request = new CountDownLatch(1);

    public void request() {
        request.countDown();
    }

    public boolean isRequested() {
        return request.getCount() == 0;
    }

    /** Waits that long, or until the trial is to stop. */
    public void await(double seconds) throws InterruptedException {
        boolean unused = request.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    }
}
