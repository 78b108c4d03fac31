package io.stepsampler.coordinator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.stepsampler.messages.json.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as the protocol binding of CloudEvents for Kafka allows them. */
class EventRecordTest {

    private static final String STRUCTURED =
            "{'specversion': '1.0', 'id': '7', 'source': '/ci', 'type': 'published', 'data': {'uri': '/c.csv'}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=UTF-8",
                "Application/CloudEvents+JSON",
                "application/cloudevents"
            })
    void aStructuredEventMayCarryItsAttributesAsHeadersToo(String contentType) {
        SearchRequest request = request(headers("content-type", contentType), STRUCTURED);

        assertThat(request.refusal()).isEmpty();
        assertThat(request.attribute("type")).isEqualTo("published");
        assertThat(request.event().at("/data/uri").asText()).isEqualTo("/c.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json"})
    void withoutHeadersOfAnEventTheValueIsTheEvent(String contentType) {
        SearchRequest request = request(Map.of("content-type", contentType), STRUCTURED);

        assertThat(request.refusal()).isEmpty();
        assertThat(request.attribute("id")).isEqualTo("7");
    }

    @Test
    void inBinaryModeTheContentTypeIsThatOfTheData() {
        SearchRequest request =
                request(headers("content-type", "application/json; charset=utf-8"), "{'uri': '/c.csv'}");

        assertThat(request.refusal()).isEmpty();
        assertThat(request.attribute("datacontenttype")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.attribute("type")).isEqualTo("of the headers");
        assertThat(request.event().at("/data/uri").asText()).isEqualTo("/c.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+avro"})
    void batchesAndOtherFormatsAreRefusedByTheirContentType(String contentType) {
        SearchRequest request = request(headers("content-type", contentType), "[" + STRUCTURED + "]");

        assertThat(sentence(request))
                .contains("content-type is " + contentType
                        + "; allowed: application/cloudevents+json, with one event in a record");
        assertThat(request.attribute("id")).isEqualTo("of the headers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'specversion': '0.3', | specversion is 0.3; allowed: 1.0
            'specversion': 1.0,   | specversion is 1.0; must be text that is not blank: a search request is a CloudEvent
                                  | specversion must be text that is not blank: a search request is a CloudEvent
            """, quoteCharacter = '`', emptyValue = "")
    void anotherVersionIsRefused(String version, String sentence) {
        String event =
                "{" + Optional.ofNullable(version).orElse("") + "'id': '7', 'source': '/ci', 'type': 'published'}";

        assertThat(sentence(request(Map.of(), event))).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri': '/c.csv'} |
            {'uri': '/c.csv'} | application/json
            {'uri': '/c.csv'} | application/vnd.acme+json; charset=utf-8
            """)
    void encodedDataIsReadWhereItIsJson(String data, String type) {
        SearchRequest request = request(Map.of(), encoded(data, type));

        assertThat(request.refusal()).isEmpty();
        assertThat(request.record().dataFault()).isNull();
        assertThat(request.event().at("/data/uri").asText()).isEqualTo("/c.csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]   | text/plain               | datacontenttype is text/plain; allowed: application/json, as its data is asked for
            hello | application/octet-stream | datacontenttype is application/octet-stream; allowed: application/json, as its data is asked for
            hello | application/json         | data is not JSON: Unrecognized token
            """)
    void dataThatIsNotJsonIsLeftOut(String data, String type, String fault) {
        Stream.of(request(headers("content-type", type), data), request(Map.of(), encoded(data, type)))
                .forEach(request -> {
                    assertThat(request.refusal()).isEmpty();
                    assertThat(request.attribute("datacontenttype")).isEqualTo(type);
                    assertThat(request.event().has("data")).isFalse();
                    assertThat(request.record().dataFault())
                            .extracting(Refusal::sentence, STRING)
                            .startsWith(fault);
                });
    }

    @Test
    void dataComesFromNoHeader() {
        SearchRequest request = request(headers("ce_data", "{}"), "no JSON");

        assertThat(request.event().has("data")).isFalse();
        assertThat(request.record().dataFault()).isNotNull();
    }

    @Test
    void whatIsNotBase64IsLeftOutAndDataTwiceIsRefused() {
        String event = STRUCTURED.replace("'data'", "'data_base64': '?', 'other'");

        assertThat(request(Map.of(), event).refusal()).isEmpty();
        assertThat(request(Map.of(), event).record().dataFault())
                .extracting(Refusal::sentence)
                .isEqualTo("data_base64 must be Base64");
        assertThat(sentence(request(Map.of(), event.replace("other", "data"))))
                .contains("data_base64 must not stand beside data");
    }

    private static String encoded(String data, @Nullable String type) {
        String base64 =
                Base64.getEncoder().encodeToString(data.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return "{'specversion': '1.0', 'id': '7', 'source': '/ci', 'type': 'published', 'data_base64': '" + base64 + "'"
                + (type == null ? "" : ", 'datacontenttype': '" + type + "'") + "}";
    }

    private static Map<String, String> headers(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of(name, value, "ce_specversion", "1.0"));
        for (String attribute : new String[] {"id", "source", "type"}) {
            headers.put("ce_" + attribute, "of the headers");
        }
        return headers;
    }

    private static SearchRequest request(Map<String, String> headers, String value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                "search-requests.local", 0, 0, "key", value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return new SearchRequest("local", EventRecord.of(record));
    }

    private static Optional<String> sentence(SearchRequest request) {
        return request.refusal().map(Refusal::sentence);
    }
}
