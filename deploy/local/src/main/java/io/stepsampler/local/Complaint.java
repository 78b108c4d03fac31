package io.stepsampler.local;

/** Why a command ends without doing its work, in words for the user, and the exit code that says so. */
final class Complaint extends RuntimeException {

    private final int exitCode;

    private Complaint(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** The user's input is at fault. */
    static Complaint refused(String sentence) {
        return new Complaint(ExitCodes.REFUSED, sentence);
    }

    static Complaint failed(String sentence) {
        return new Complaint(ExitCodes.FAILED, sentence);
    }

    /** @param beginning of the sentence, which goes on with what it was */
    Complaint after(String beginning) {
        return new Complaint(exitCode, beginning + getMessage());
    }

    int exitCode() {
        return exitCode;
    }
}
