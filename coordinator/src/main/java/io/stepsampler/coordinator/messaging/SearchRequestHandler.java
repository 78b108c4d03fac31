package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.searches.Announcements;
import io.stepsampler.coordinator.searches.RequestRefused;
import io.stepsampler.coordinator.searches.Searches;
import io.stepsampler.coordinator.searches.SubmissionRules;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.RefusedMessage;
import io.stepsampler.delivery.wiring.OutboxSender;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Jdbi;

/**
 * An event asks for a search. The team is the topic's name. What is refused is a dead letter, and its team is told; a
 * team that this deployment does not know has no topic on which it could be told anything.
 */
@ApplicationScoped
public class SearchRequestHandler {

    private final IncomingRecords records;
    private final Searches searches;
    private final SubmissionRules rules;
    private final Announcements announcements;
    private final Jdbi database;
    private final OutboxSender outbox;
    private final String topicOfNoTeam;
    private final List<String> teams;

    SearchRequestHandler(
            IncomingRecords records,
            Searches searches,
            SubmissionRules rules,
            Announcements announcements,
            Jdbi database,
            OutboxSender outbox,
            TopicNames topics,
            @ConfigProperty(name = "stepsampler.teams") List<String> teams) {
        this.records = records;
        this.searches = searches;
        this.rules = rules;
        this.announcements = announcements;
        this.database = database;
        this.outbox = outbox;
        this.topicOfNoTeam = topics.searchRequests("");
        this.teams = List.copyOf(teams);
    }

    @Incoming("search-requests")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        String team = record.topic().substring(topicOfNoTeam.length());
        UUID place = UUID.nameUUIDFromBytes(
                (record.topic() + "|" + record.partition() + "|" + record.offset()).getBytes(StandardCharsets.UTF_8));
        records.handle(record, JsonNode.class, event -> handle(place, new SearchRequest(team, event)));
    }

    private void handle(UUID place, SearchRequest request) {
        if (!teams.contains(request.team())) {
            throw new RefusedMessage(
                    new Refusal("team", request.team(), "allowed: " + String.join(", ", teams)).sentence());
        }
        request.refusal().ifPresent(refusal -> refuse(place, request, refusal));
        SearchFile.Reading reading = request.searchFile();
        if (reading instanceof SearchFile.Refused refused) {
            refuse(request.searchId(), request, refused.refusals().get(0));
        } else if (reading instanceof SearchFile.Accepted accepted) {
            rules.refusals(accepted.specification()).stream()
                    .findFirst()
                    .ifPresent(refusal -> refuse(request.searchId(), request, refusal));
            searches.submit(caller(request), request.searchId(), accepted.specification());
        }
    }

    /** Who may write to the team's topic is the broker's affair. */
    private static Caller caller(SearchRequest request) {
        return new Caller(
                "event " + request.attribute("id") + " of " + request.attribute("source"), request.team(), Role.MEMBER);
    }

    private void refuse(UUID id, SearchRequest request, Refusal refusal) {
        RequestRefused refused = RequestRefused.of(request.attribute("source"), request.attribute("id"), refusal);
        database.useTransaction(transaction -> announcements.refuse(transaction, request.team(), id, refused));
        outbox.wake();
        throw new RefusedMessage(refusal.sentence());
    }
}
