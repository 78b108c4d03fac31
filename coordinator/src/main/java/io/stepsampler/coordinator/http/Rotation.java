package io.stepsampler.coordinator.http;

import io.stepsampler.messages.json.Refusal;
import java.time.Duration;
import java.util.List;

/** How long what is rotated lasts beside what takes its place, as a body says it: {@code {"overlap": "PT1H"}}. */
record Rotation(Duration overlap, List<Refusal> refusals) {

    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(90);

    static Rotation read(String text) {
        JsonBody body = JsonBody.read(text, List.of("overlap"));
        Duration overlap = body.value(
                        "overlap",
                        "must be a duration such as PT24H, of " + LONGEST.toDays() + " days at most",
                        given -> JsonBody.duration(given).filter(duration -> duration.compareTo(LONGEST) <= 0))
                .orElse(USUAL);
        return new Rotation(overlap, body.refusals());
    }
}
