package io.stepsampler.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The stack cannot run; the message says which part of it and why, in words for the user. */
public final class StackFailure extends Exception {

    private static final int LINES_SHOWN = 15;

    public StackFailure(String sentence) {
        super(sentence);
    }

    /** What happened, the last lines of the child's log and where the log is. */
    static StackFailure ofChild(String sentence, Path log) {
        return new StackFailure(sentence + lastLines(log) + System.lineSeparator() + "Its log is " + log);
    }

    /** Why it did not start, where its log tells; else as for any child. */
    static StackFailure ofStart(String child, int exitStatus, Path log) {
        return StartFault.in(lines(log))
                .map(fault -> new StackFailure(
                        child + " did not start: " + fault + System.lineSeparator() + "Its log is " + log))
                .orElseGet(
                        () -> ofChild(child + " did not start, and ended with exit status " + exitStatus + ".", log));
    }

    private static String lastLines(Path log) {
        List<String> lines = lines(log);
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())) {
            text.append(System.lineSeparator()).append("  | ").append(line);
        }
        return text.toString();
    }

    private static List<String> lines(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
