package io.stepsampler.coordinator.identity;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text in which {@code *} stands for any other. */
public record TextPattern(Pattern pattern) {

    public static TextPattern of(String text) {
        return new TextPattern(Pattern.compile(
                Stream.of(text.split("\\*", -1))
                        .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL));
    }

    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}
