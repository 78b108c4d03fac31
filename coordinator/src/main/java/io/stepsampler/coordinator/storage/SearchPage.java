package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.SearchState;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a team's searches is wanted, the newest first.
 *
 * @param states empty for all
 * @param name part of the searches' names, whatever the case
 * @param searchId how the searches' ids begin
 * @param after the last search of the page before
 */
public record SearchPage(
        Set<SearchState> states,
        @Nullable String name,
        @Nullable String pool,
        @Nullable String searchId,
        @Nullable Cursor after,
        int limit) {

    public SearchPage {
        states = Set.copyOf(states);
    }

    /** A place in the list, which stays where it is when searches are added. */
    public record Cursor(Instant submittedAt, UUID searchId) {

        /** The database cannot count for ever. */
        private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

        public String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((submittedAt + " " + searchId).getBytes(StandardCharsets.UTF_8));
        }

        /** Empty where the text is no cursor. */
        public static Optional<Cursor> parse(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
                return parts.length == 2
                        ? Optional.of(new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                                .filter(cursor -> cursor.submittedAt().isAfter(Instant.EPOCH)
                                        && cursor.submittedAt().isBefore(END))
                        : Optional.empty();
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
