package io.stepsampler.worker.training;

/** The device answers no more in this process, whatever is asked of it: the process must end. No trial is to blame. */
public final class DeviceLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    DeviceLost(Throwable cause) {
        super("the device is lost: " + cause.getMessage(), cause);
    }

    public DeviceLost(String reason) {
        super("the device is lost: " + reason);
    }
}
