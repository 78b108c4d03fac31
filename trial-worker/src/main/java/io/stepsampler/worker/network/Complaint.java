package io.stepsampler.worker.network;

import java.util.List;
import java.util.regex.Pattern;

/** The telling line of what PyTorch says, without the native stack around it. */
public final class Complaint {

    private static final int LONGEST = 300;

    /** Below the trace of the TorchScript interpreter, which names the type of what was raised. */
    private static final Pattern CAUSE = Pattern.compile("(?:\\w+\\.)*\\w*(?:Error|Exception): .*");

    /** After such an error every further call on the device gives it again. */
    private static final String DEVICE_ERROR = "CUDA error";

    private static final List<String> OUT_OF_MEMORY =
            List.of("out of memory", "can't allocate memory", "not enough memory");

    private Complaint() {}

    /** Whether the model asked for more memory than there is. */
    public static boolean speaksOfMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof OutOfMemoryError || OUT_OF_MEMORY.stream().anyMatch(message::contains);
    }

    /** Whether the device answers no more in this process. */
    public static boolean speaksOfLostDevice(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains(DEVICE_ERROR) && !speaksOfMemory(failure);
    }

    /** Whether the machine is at its end, for which no search file is to blame. */
    static boolean speaksOfMachine(Throwable failure) {
        return speaksOfMemory(failure) || speaksOfLostDevice(failure);
    }

    public static String of(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String telling = message.lines()
                .filter(line -> CAUSE.matcher(line).matches())
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse("nothing");
        return telling.length() <= LONGEST ? telling : telling.substring(0, LONGEST) + "…";
    }
}
