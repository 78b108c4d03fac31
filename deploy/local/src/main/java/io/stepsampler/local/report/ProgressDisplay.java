package io.stepsampler.local.report;

import io.stepsampler.messages.Finding;
import java.io.PrintStream;
import java.time.Duration;

/** Shows progress: one line redrawn in place on a terminal, else one line for each change of state or round. */
public final class ProgressDisplay {

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream output;
    private final boolean terminal;
    private String lastKey = "";

    public ProgressDisplay(PrintStream output, boolean terminal) {
        this.output = output;
        this.terminal = terminal;
    }

    /** The start script tells: Java itself cannot see whether standard error alone is a terminal. */
    public static ProgressDisplay onStandardError() {
        return new ProgressDisplay(System.err, Boolean.getBoolean("stepsampler.terminal"));
    }

    public void show(Finding finding, Duration elapsed) {
        ProgressLine line = new ProgressLine(finding, elapsed);
        if (terminal) {
            output.print(CLEAR_LINE + line.withBar());
            output.flush();
            return;
        }
        String key = finding.state() + " " + line.round();
        if (!key.equals(lastKey)) {
            lastKey = key;
            output.println(line.plain());
        }
    }

    /** Says something once, above the line that is redrawn. */
    public void tell(String sentence) {
        output.println(terminal ? CLEAR_LINE + sentence : sentence);
    }

    /** Leaves the line as it is: what follows is printed below. */
    public void end() {
        if (terminal) {
            output.println();
        }
    }
}
