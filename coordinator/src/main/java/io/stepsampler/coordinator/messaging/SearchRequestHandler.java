package io.stepsampler.coordinator.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.EventRequest;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.searches.Announcements;
import io.stepsampler.coordinator.searches.RequestRefused;
import io.stepsampler.coordinator.searches.Submission;
import io.stepsampler.coordinator.searches.Submissions;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.delivery.IncomingRecords;
import io.stepsampler.delivery.RefusedMessage;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Jdbi;

/**
 * An event asks for a search. The team is the topic's name. What is refused is a dead letter, and its team is told; a
 * team that this deployment does not know has no topic on which it could be told anything.
 */
@ApplicationScoped
public class SearchRequestHandler {

    private final IncomingRecords records;
    private final Submissions submissions;
    private final KnownDeployment known;
    private final Announcements announcements;
    private final Jdbi database;
    private final String topicOfNoTeam;

    SearchRequestHandler(
            IncomingRecords records,
            Submissions submissions,
            KnownDeployment known,
            Announcements announcements,
            Jdbi database,
            TopicNames topics) {
        this.records = records;
        this.submissions = submissions;
        this.known = known;
        this.announcements = announcements;
        this.database = database;
        this.topicOfNoTeam = topics.searchRequests("");
    }

    @Incoming("search-requests")
    @Blocking
    void on(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        String team = record.topic().substring(topicOfNoTeam.length());
        UUID place = UUID.nameUUIDFromBytes(
                (record.topic() + "|" + record.partition() + "|" + record.offset()).getBytes(StandardCharsets.UTF_8));
        records.handle(record, () -> handle(place, new SearchRequest(team, EventRecord.of(record))));
    }

    private void handle(UUID place, SearchRequest request) {
        Deployment deployment = known.fresh();
        if (deployment.team(request.team()).isEmpty()) {
            throw new RefusedMessage(
                    new Refusal("team", request.team(), "allowed: " + String.join(", ", deployment.teamNames()))
                            .sentence());
        }
        request.refusal().ifPresent(refusal -> refuse(request, List.of(new Asked(place, "", refusal))));
        List<Asked> faults =
                EventRequest.of(
                                deployment,
                                request.team(),
                                request.event(),
                                request.record().dataFault())
                        .stream()
                        .flatMap(asked -> take(request, asked).stream())
                        .toList();
        if (!faults.isEmpty()) {
            refuse(request, faults);
        }
    }

    /** What was asked for and is refused. {@code trigger}: the one that asked; empty where the event itself did. */
    private record Asked(UUID id, String trigger, Refusal refusal) {

        String sentence() {
            return trigger.isEmpty() ? refusal.sentence() : "trigger " + trigger + ": " + refusal.sentence();
        }
    }

    private Optional<Asked> take(SearchRequest request, EventRequest asked) {
        if (asked instanceof EventRequest.Search search) {
            UUID searchId = request.searchId(search.trigger());
            return submit(request, searchId, search).map(refusal -> new Asked(searchId, search.trigger(), refusal));
        }
        EventRequest.Refused refused = (EventRequest.Refused) asked;
        return Optional.of(new Asked(
                request.searchId(refused.trigger()),
                refused.trigger(),
                refused.refusals().get(0)));
    }

    private Optional<Refusal> submit(SearchRequest request, UUID searchId, EventRequest.Search search) {
        SearchFile.Reading reading = SearchFile.read(search.searchFile(), new Locations.AbsoluteOnly());
        if (reading instanceof SearchFile.Refused refused) {
            return Optional.of(refused.refusals().get(0));
        }
        Submission submission =
                submissions.submit(caller(request), searchId, ((SearchFile.Accepted) reading).specification());
        if (submission instanceof Submission.TooMany full) {
            return Optional.of(full.refusal());
        }
        return submission instanceof Submission.Refused refused
                ? Optional.of(refused.refusals().get(0))
                : Optional.empty();
    }

    /** Who may write to the team's topic is the broker's affair. */
    private static Caller caller(SearchRequest request) {
        return new Caller(
                "event " + request.attribute("id") + " of " + request.attribute("source"), request.team(), Role.MEMBER);
    }

    /** The team is told of each; the event is one dead letter. */
    private void refuse(SearchRequest request, List<Asked> faults) {
        database.useTransaction(transaction -> faults.forEach(fault -> announcements.refuse(
                transaction,
                request.team(),
                fault.id(),
                RequestRefused.of(
                        request.attribute("source"), request.attribute("id"), fault.trigger(), fault.refusal()))));
        throw new RefusedMessage(faults.stream().map(Asked::sentence).collect(Collectors.joining("; ")));
    }
}
