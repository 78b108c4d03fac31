package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.searches.Submission;
import io.stepsampler.coordinator.searches.Submissions;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Sha256;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submits a search for the caller, and says what became of it. */
@RequestScoped
class SubmissionAnswers {

    private static final int LONGEST_KEY = 255;
    private static final Duration UNTIL_SOME_STARTED = Duration.ofSeconds(30);

    private final Submissions submissions;
    private final CurrentCaller caller;

    SubmissionAnswers(Submissions submissions, CurrentCaller caller) {
        this.submissions = submissions;
        this.caller = caller;
    }

    /**
     * @param key idempotency key, absent where there is none
     * @param request what tells this request from another one with the same key
     */
    Response submit(SearchFile.Reading reading, @Nullable String key, String request) {
        if (reading instanceof SearchFile.Refused refused) {
            return Problem.refused(refused.refusals()).response();
        }
        SearchSpecification specification = ((SearchFile.Accepted) reading).specification();
        if (key == null) {
            return answer(submissions.submit(caller.get(), UUID.randomUUID(), specification), "");
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            return Problem.refusedParameters(
                            List.of(new Refusal("Idempotency-Key", key, "must be 1 to " + LONGEST_KEY + " characters")))
                    .response();
        }
        String digest = Sha256.hex(request.getBytes(StandardCharsets.UTF_8));
        return answer(submissions.submitOnce(caller.get(), key, digest, specification), key);
    }

    private static Response answer(Submission submission, String key) {
        if (submission instanceof Submission.Accepted accepted) {
            return Answers.createdSearch(accepted.finding());
        }
        if (submission instanceof Submission.Refused refused) {
            return Problem.refused(refused.refusals()).response();
        }
        if (submission instanceof Submission.TooMany tooMany) {
            return Problem.tooMany(tooMany.refusal().sentence()).response(UNTIL_SOME_STARTED);
        }
        return Problem.refusedParameters(List.of(new Refusal(
                        "Idempotency-Key", key, "was used with another body; must be new for a new search")))
                .response();
    }
}
