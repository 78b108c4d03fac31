package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.deployment.TeamLoad;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.coordinator.teams.Declarations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.YamlText;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows and changes teams, pools, templates and triggers, which all work alike. */
@RequestScoped
class DeclarationAnswers {

    private final Declarations declarations;
    private final CurrentCaller caller;

    DeclarationAnswers(Declarations declarations, CurrentCaller caller) {
        this.declarations = declarations;
        this.caller = caller;
    }

    /**
     * A declaration as it is answered.
     *
     * @param owner api, or deployment where its files and settings alone can change it
     * @param load of a team
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            ObjectNode declaration,
            String owner,
            Instant changedAt,
            @Nullable TeamLoad load) {

        static Answer of(StoredDeclaration stored, @Nullable TeamLoad load) {
            return new Answer(
                    stored.document(), stored.owner().name().toLowerCase(Locale.ROOT), stored.changedAt(), load);
        }
    }

    /** All of a kind. */
    record Page(List<Answer> declarations) {

        Page {
            declarations = List.copyOf(declarations);
        }
    }

    Response list(Kind kind, String team) {
        return Answers.json(new Page(declarations.list(kind, team).stream()
                .map(stored -> Answer.of(stored, null))
                .toList()));
    }

    Response show(Declaration.Id id) {
        return declarations
                .find(id)
                .map(stored -> Answers.json(Answer.of(stored, null)))
                .orElseGet(() -> missing(id));
    }

    /** @param text the declaration, YAML or JSON; what the path says already may be left out */
    Response put(Declaration.Id id, String text) {
        YamlText.Reading yaml = YamlText.read("body", text);
        if (yaml instanceof YamlText.Unreadable unreadable) {
            return refused(new Refusal("body", null, unreadable.reason()));
        }
        if (!(only((YamlText.Documents) yaml) instanceof ObjectNode document)) {
            return refused(new Refusal("body", null, "must be one mapping of keys to values, YAML or JSON"));
        }
        List<Refusal> refusals = namedByPath(document, id);
        if (!refusals.isEmpty()) {
            return Problem.refused(refusals).response();
        }
        DeclarationReading.Reading reading = DeclarationReading.read(document);
        return reading instanceof DeclarationReading.Accepted accepted
                ? changed(id, declarations.put(caller.get(), accepted.declaration(), accepted.json()))
                : Problem.refused(((DeclarationReading.Refused) reading).refusals())
                        .response();
    }

    /** An empty text is an empty mapping: the path may say all that there is to say. */
    private static JsonNode only(YamlText.Documents yaml) {
        List<JsonNode> documents = yaml.documents();
        if (documents.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return documents.size() == 1 ? documents.get(0) : MissingNode.getInstance();
    }

    Response remove(Declaration.Id id) {
        return changed(id, declarations.remove(caller.get(), id));
    }

    private static List<Refusal> namedByPath(ObjectNode document, Declaration.Id id) {
        return Stream.of(
                        named(document, "kind", id.kind().label()),
                        named(document, "name", id.name()),
                        id.team().isEmpty() ? Optional.<Refusal>empty() : named(document, "team", id.team()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Refusal> named(ObjectNode document, String key, String value) {
        JsonNode found = document.path(key);
        if (found.isMissingNode()) {
            document.put(key, value);
        }
        return found.isMissingNode() || found.asText().equals(value)
                ? Optional.empty()
                : Optional.of(new Refusal(key, found.asText(), "allowed here: " + value));
    }

    private static Response changed(Declaration.Id id, Declarations.Change change) {
        if (change instanceof Declarations.Created created) {
            return Answers.created(Answer.of(created.stored(), null));
        }
        if (change instanceof Declarations.Done done) {
            return Answers.json(Answer.of(done.stored(), null));
        }
        if (change instanceof Declarations.Refused refused) {
            return Problem.refused(refused.refusals()).response();
        }
        if (change instanceof Declarations.Conflict conflict) {
            return Problem.conflict(conflict.reason()).response();
        }
        return missing(id);
    }

    private static Response missing(Declaration.Id id) {
        return Problem.notFound(id.kind().label(), id.name()).response();
    }

    private static Response refused(Refusal refusal) {
        return Problem.refused(List.of(refusal)).response();
    }
}
