package io.stepsampler.local.stack;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a service did not start, as its log tells it among much else: the innermost cause, without its class. */
final class StartFault {

    private static final Pattern HEAD = Pattern.compile(".*Failed to start application: (.*)");
    private static final Pattern CAUSE = Pattern.compile("Caused by: (.*)");
    private static final Pattern NEXT_RECORD = Pattern.compile("[0-9]{4}-.*");
    private static final Pattern WITH_CLASS = Pattern.compile("[\\w.$]+: (.+)");

    private StartFault() {}

    static Optional<String> in(List<String> log) {
        String innermost = "";
        boolean inside = false;
        for (String line : log) {
            Matcher head = HEAD.matcher(line);
            Matcher cause = CAUSE.matcher(line);
            if (head.matches()) {
                inside = true;
                innermost = head.group(1);
            } else if (inside && cause.matches()) {
                innermost = cause.group(1);
            } else if (NEXT_RECORD.matcher(line).matches()) {
                inside = false;
            }
        }
        return Optional.of(WITH_CLASS.matcher(innermost))
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }
}
