package io.stepsampler.worker.network;

/** The telling line of what PyTorch says, without the native stack around it. */
public final class Complaint {

    private static final int LONGEST = 300;

    /** Below the trace of the TorchScript interpreter. */
    private static final String CAUSE = "RuntimeError: ";

    private Complaint() {}

    public static String of(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String telling = message.lines()
                .filter(line -> line.startsWith(CAUSE))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse("nothing");
        return telling.length() <= LONGEST ? telling : telling.substring(0, LONGEST) + "…";
    }
}
