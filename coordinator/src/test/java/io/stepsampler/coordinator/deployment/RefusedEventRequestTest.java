package io.stepsampler.coordinator.deployment;

import static io.stepsampler.coordinator.deployment.Asked.DEPLOYMENT;
import static io.stepsampler.coordinator.deployment.Asked.TEMPLATE;
import static io.stepsampler.coordinator.deployment.Asked.asked;
import static io.stepsampler.coordinator.deployment.Asked.json;
import static io.stepsampler.coordinator.deployment.Declared.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of an event whose request is refused. */
class RefusedEventRequestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'type': 'any', 'data': {'template': 'nightly', 'values': null}}          | values.uri is missing
            {'type': 'any', 'data': {'template': 'nightly', 'values': {'uri': null}}} | values.uri is missing
            {'type': 'any', 'data': {'template': null}}                               | template is null; must be a text: the name of a template
            {'type': 'checkpoint.published', 'source': '/registry/', 'data': {'stage': 'production', 'files': [null]}} | /data/files/0 is missing; trigger production takes uri from it
            """)
    void nullIsToldAsWhatIsMissing(String event, String sentence) throws JsonProcessingException {
        assertThat(sentence(EventRequest.of(DEPLOYMENT, "vision", json(event), null)))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: any, data: {template: named, values: {uri: [1]}}} | values.uri is [1]
            {type: e, data: {uri: [1]}} | /data/uri is [1]
            {type: e, data: {}}         | values.uri of trigger all is [2]
            {type: f}                   | parameters.uri.default of template named is [3]
            {type: any, data: {template: named}} | parameters.uri.default of template named is [3]
            """)
    void aValueThatDoesNotFitIsToldByWhereItWasFound(String event, String told) {
        Deployment deployment = Declared.deployment(
                "{kind: team, name: vision}",
                "{kind: template, team: vision, name: named, parameters: {uri: {default: [3]}},"
                        + " search: {name: \"of ${uri}\", model: {family: replay, checkpoint: \"${uri}\"}}}",
                "{kind: trigger, team: vision, name: all, event: e, template: named, values: {uri: [2]},"
                        + " fields: {uri: /data/uri}}",
                "{kind: trigger, team: vision, name: other, event: f, template: named, fields: {uri: /data/uri}}");

        assertThat(sentence(EventRequest.of(deployment, "vision", yaml(event), null)))
                .isEqualTo(told + "; allowed: a text or a number, as it stands in of ${uri}");
    }

    @Test
    void theTriggersAndTemplatesOfOthersAreNotThere() {
        assertThat(sentence("speech", "{type: any, data: {template: nightly, values: {uri: /c.csv}}}"))
                .isEqualTo("template is nightly; team speech has no template");
        assertThat(asked("speech", "{type: checkpoint.published, data: {model: {}}}"))
                .containsExactly(new EventRequest.Search("", yaml("{model: {}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: any}                                                    | data must be an object: a search file, or a template and values
            {type: any, data: [1]}                                         | data is [1]; must be an object: a search file, or a template and values
            {type: any, data: {template: weekly}}                          | template is weekly; allowed: nightly
            {type: any, data: {template: nightly, value: {uri: /c}}}       | value is not a known key; allowed: template, values
            {type: any, data: {template: 7}}                               | template is 7; must be a text: the name of a template
            {type: any, data: {template: nightly, values: [/c.csv]}}       | values is ["/c.csv"]; must be an object: values of the template's parameters
            {type: any, data: {template: nightly, values: /c.csv}}         | values is "/c.csv"; must be an object: values of the template's parameters
            {type: any, data: {template: nightly}}                         | values.uri is missing
            {type: checkpoint.published, source: /registry/, data: {stage: production, files: []}} | /data/files/0 is missing; trigger production takes uri from it
            """)
    void whatCannotBeUnderstoodIsToldWithWhatIsAllowed(String event, String sentence) {
        assertThat(sentence("vision", event)).isEqualTo(sentence);
    }

    @Test
    void dataThatCannotBeReadIsAFaultOnlyWhereItIsAskedFor() {
        Refusal fault = new Refusal("datacontenttype", "image/png", "allowed: application/json");
        Deployment deployment = Declared.deployment(
                "{kind: team, name: vision}",
                TEMPLATE,
                trigger("subject", "fields: {uri: /subject}"),
                trigger("seed", "fields: {uri: /subject, seed: /data/seed}"),
                trigger("uri", "fields: {uri: /data}"),
                trigger("where", "where: {/data/stage: production}, fields: {uri: /data/uri}"),
                trigger("time", "fields: {uri: /time}"));
        JsonNode event = yaml("{type: e, subject: /c.csv}");

        List<EventRequest> asked = EventRequest.of(deployment, "vision", event, fault);

        assertThat(asked)
                .filteredOn(EventRequest.Search.class::isInstance)
                .extracting(request -> ((EventRequest.Search) request).trigger())
                .containsExactly("seed", "subject");
        assertThat(asked)
                .filteredOn(EventRequest.Refused.class::isInstance)
                .extracting(
                        request -> ((EventRequest.Refused) request).trigger(), request -> sentence(List.of(request)))
                .containsExactly(
                        tuple("time", "/time is missing; trigger time takes uri from it"),
                        tuple("uri", fault.sentence()));
        assertThat(EventRequest.of(deployment, "vision", yaml("{type: other}"), fault))
                .containsExactly(new EventRequest.Refused("", List.of(fault)));
    }

    private static String trigger(String name, String rest) {
        return "{kind: trigger, team: vision, name: " + name + ", event: e, template: nightly, " + rest + "}";
    }

    private static String sentence(String team, String event) {
        return sentence(asked(team, event));
    }

    private static String sentence(List<EventRequest> asked) {
        return ((EventRequest.Refused) asked.get(0))
                .refusals().stream().map(Refusal::sentence).findFirst().orElseThrow();
    }
}
