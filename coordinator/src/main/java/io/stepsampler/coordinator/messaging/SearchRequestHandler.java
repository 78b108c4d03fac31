package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.searches.SubmissionRules;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * An event asks for a search: a CloudEvent in structured mode whose data is a search file. The team is the topic's name,
 * and the same event (source and id) a second time is the same search.
 */
@ApplicationScoped
public class SearchRequestHandler {

    private final IncomingRecords records;
    private final Searches searches;
    private final SubmissionRules rules;
    private final String topicOfNoTeam;

    SearchRequestHandler(IncomingRecords records, Searches searches, SubmissionRules rules, TopicNames topics) {
        this.records = records;
        this.searches = searches;
        this.rules = rules;
        this.topicOfNoTeam = topics.searchRequests("");
    }

    @Incoming("search-requests")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        String team = record.topic().substring(topicOfNoTeam.length());
        records.handle(record, JsonNode.class, event -> submit(team, event));
    }

    private void submit(String team, JsonNode event) {
        if (!event.path("specversion").isTextual() || !event.path("data").isObject()) {
            throw new IllegalArgumentException(
                    "not a CloudEvent in structured mode: specversion and data, a search file, are needed");
        }
        SearchFile.Reading reading = SearchFile.read(event.path("data"), new Locations.AbsoluteOnly());
        if (reading instanceof SearchFile.Refused refused) {
            throw new IllegalArgumentException(refused.refusals().get(0).sentence());
        }
        SearchFile.Accepted accepted = (SearchFile.Accepted) reading;
        List<Refusal> refusals = rules.refusals(accepted.specification());
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(refusals.get(0).sentence());
        }
        searches.submit(team, searchId(team, event), accepted.specification());
    }

    private static UUID searchId(String team, JsonNode event) {
        String name = team + "|" + event.path("source").asText() + "|"
                + event.path("id").asText();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
