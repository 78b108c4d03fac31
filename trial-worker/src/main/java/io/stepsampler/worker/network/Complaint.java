package io.stepsampler.worker.network;

/** The first line of what PyTorch says, without the native stack below it. */
public final class Complaint {

    private static final int LONGEST = 300;

    private Complaint() {}

    public static String of(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String firstLine = message.lines().findFirst().orElse("nothing");
        return firstLine.length() <= LONGEST ? firstLine : firstLine.substring(0, LONGEST) + "…";
    }
}
