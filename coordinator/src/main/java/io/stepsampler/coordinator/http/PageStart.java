package io.stepsampler.coordinator.http;

import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.util.List;
import java.util.function.LongFunction;

/** The parameter {@code before}: the id of the last entry that the reader of a list has, in which ids fall. */
final class PageStart {

    /** What stands there for the first page. */
    static final String NEWEST = "" + Long.MAX_VALUE;

    private static final int MOST_DIGITS = 19;

    private PageStart() {}

    static Response with(String before, LongFunction<Response> page) {
        if (!isId(before)) {
            return Problem.refusedParameters(
                            List.of(new Refusal("before", before, "must be the id of an entry of the page before")))
                    .response();
        }
        return page.apply(Long.parseLong(before));
    }

    /** Whether the text is a number that the database can have given. */
    static boolean isId(String text) {
        return text.matches("[0-9]{1," + MOST_DIGITS + "}") && new BigInteger(text).bitLength() < Long.SIZE;
    }
}
