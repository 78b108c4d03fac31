package io.stepsampler.coordinator.identity;

import java.util.List;

/**
 * A text in which {@code *} stands for any other.
 *
 * @param parts between the stars; at least one
 */
public record TextPattern(List<String> parts) {

    public TextPattern {
        parts = List.copyOf(parts);
    }

    public static TextPattern of(String text) {
        return new TextPattern(List.of(text.split("\\*", -1)));
    }

    /** Takes each part where it first stands, which leaves the most for the next: nothing is ever tried again. */
    public boolean matches(String text) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        int end = text.length() - last.length();
        int reached = first.length();
        if (reached > end || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, reached);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            reached = found + part.length();
        }
        return true;
    }
}
