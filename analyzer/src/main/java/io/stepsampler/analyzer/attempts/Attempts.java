package io.stepsampler.analyzer.attempts;

/**
 * What was tried for one probe.
 *
 * @param issues how often it was sent
 * @param starts how many trials of it began
 */
public record Attempts(int issues, int starts) {

    public Attempts {
        if (issues < 1 || starts < 0) {
            throw new IllegalArgumentException(
                    issues + " issues and " + starts + " starts; a probe has at least 1 and 0");
        }
    }
}
