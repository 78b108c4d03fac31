package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Declared.accepted;
import static io.stepsampler.coordinator.deployment.Declared.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeavingTest {

    private static final String REASON =
            "it is in no declared file any more: nothing new may use it, and it goes once nothing does";

    private static final Deployment DEPLOYMENT = deployment(
            Set.of(
                    new Declaration.Id(Kind.TEAM, "", "old"),
                    new Declaration.Id(Kind.POOL, "", "lab"),
                    new Declaration.Id(Kind.TEMPLATE, "vision", "weekly")),
            "{kind: team, name: vision}",
            "{kind: team, name: old}",
            "{kind: pool, name: default}",
            "{kind: pool, name: lab}",
            "{kind: template, team: vision, name: nightly, search: {model: {family: replay, checkpoint: /c}}}",
            "{kind: template, team: vision, name: weekly, search: {model: {family: replay, checkpoint: /c}}}");

    @Test
    void aTeamThatIsLeavingHasNoNewSearch() {
        assertThat(refusals("old", "default")).containsExactly("team is old; " + REASON);
    }

    @Test
    void aPoolThatIsLeavingTakesNoNewSearch() {
        assertThat(refusals("vision", "lab")).containsExactly("pool is lab; " + REASON + "; allowed: default");
        assertThat(refusals("vision", "default")).isEmpty();
        assertThat(DEPLOYMENT.poolsFor(DEPLOYMENT.team("vision").orElseThrow())).containsExactly("default", "lab");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {kind: team, name: new, pools: [default, lab]}                       | pools is lab; REASON; allowed: default
            {kind: team, name: new, pools: [none]}                               | pools is none; allowed: default
            {kind: pool, name: new, team: old}                                   | team is old; REASON; allowed: vision
            {kind: trigger, team: vision, name: t, event: e, template: weekly}   | template is weekly; REASON
            """)
    void aDeclarationCannotUseWhatIsLeaving(String yaml, String sentence) {
        assertThat(DEPLOYMENT.refusals(accepted(yaml)))
                .extracting(Refusal::sentence)
                .containsExactly(sentence.replace("REASON", REASON));
    }

    private static List<String> refusals(String team, String pool) {
        SearchFile.Reading search = SearchFile.read(
                "{pool: " + pool + ", model: {family: replay, checkpoint: /c}}", new Locations.AbsoluteOnly());
        return DEPLOYMENT
                .refusals(DEPLOYMENT.team(team).orElseThrow(), ((SearchFile.Accepted) search).specification())
                .stream()
                .map(Refusal::sentence)
                .toList();
    }
}
