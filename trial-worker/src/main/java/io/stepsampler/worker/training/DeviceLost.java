package io.stepsampler.worker.training;

/** The device answers no more in this process, whatever is asked of it: the process must end. No trial is to blame. */
public final class DeviceLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** After such an error every further call gives it again. */
    private static final String STICKY_ERROR = "CUDA error";

    private static final String OUT_OF_MEMORY = "out of memory";

    DeviceLost(Throwable cause) {
        super("the device is lost: " + cause.getMessage(), cause);
    }

    public DeviceLost(String reason) {
        super("the device is lost: " + reason);
    }

    /** Whether what PyTorch says means that. */
    static boolean isSeenIn(String message) {
        return message.contains(STICKY_ERROR) && !message.contains(OUT_OF_MEMORY);
    }
}
