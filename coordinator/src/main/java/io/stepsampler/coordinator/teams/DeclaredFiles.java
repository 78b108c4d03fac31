package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.Trigger;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.messages.json.YamlText;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the deployment itself declares: its settings, and the files of a folder, which are taken anew whenever they
 * change. All of them are taken or none: where something is wrong, what was there before stays.
 */
@Singleton
public class DeclaredFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredFiles.class);

    private final Jdbi database;
    private final DeclaredSettings settings;
    private final Optional<DeclarationFolder> folder;
    private DeclarationFolder.Content seen = new DeclarationFolder.Content(Map.of(), List.of("nothing was read yet"));
    private volatile List<String> faults = List.of();

    DeclaredFiles(
            Jdbi database,
            DeclaredSettings settings,
            @ConfigProperty(name = "stepsampler.declarations") Optional<Path> folder) {
        this.database = database;
        this.settings = settings;
        this.folder = folder.map(DeclarationFolder::new);
    }

    /** Why the files are not taken as they are now, a sentence each; empty where they are. */
    public List<String> faults() {
        return faults;
    }

    /**
     * Looks at the files, and takes them if they have changed; those with a fault whenever it looks, as what they need may
     * have come by another way.
     */
    synchronized void take() {
        DeclarationFolder.Content content = folder.map(DeclarationFolder::read).orElse(DeclarationFolder.Content.NONE);
        if (content.equals(seen) && faults.isEmpty()) {
            return;
        }
        List<String> found = content.faults();
        if (found.isEmpty()) {
            Map<Declaration.Id, ObjectNode> declared = settings.declared();
            found = read(content.texts(), declared);
            if (found.isEmpty()) {
                found = database.inTransaction(transaction -> take(transaction, declared));
            }
        }
        tell(found);
        seen = content;
    }

    private void tell(List<String> found) {
        if (!found.equals(faults)) {
            found.forEach(fault -> LOG.error("declarations stay as they were: {}", fault));
        }
        faults = List.copyOf(found);
    }

    private static List<String> read(Map<String, String> texts, Map<Declaration.Id, ObjectNode> declared) {
        List<String> faults = new ArrayList<>();
        Map<Declaration.Id, String> places = new LinkedHashMap<>();
        texts.forEach((file, text) -> {
            YamlText.Reading yaml = YamlText.read(file, text);
            if (yaml instanceof YamlText.Unreadable unreadable) {
                faults.add(file + " " + unreadable.reason());
                return;
            }
            int number = 0;
            for (JsonNode document : ((YamlText.Documents) yaml).documents()) {
                number++;
                String place = file + ", document " + number;
                DeclarationReading.Reading reading = DeclarationReading.read(document);
                if (reading instanceof DeclarationReading.Accepted accepted) {
                    Declaration.Id id = accepted.declaration().id();
                    String other = places.put(id, place);
                    if (other != null) {
                        faults.add(place + ": " + id + " stands in " + other + " too");
                    }
                    declared.put(id, accepted.json());
                } else {
                    ((DeclarationReading.Refused) reading)
                            .refusals()
                            .forEach(refusal -> faults.add(place + ": " + refusal.sentence()));
                }
            }
        });
        return faults;
    }

    /** What is wrong with all of them together; where nothing is, they are stored. */
    private static List<String> take(Handle transaction, Map<Declaration.Id, ObjectNode> declared) {
        DeclarationStore.lock(transaction);
        List<StoredDeclaration> former = DeclarationStore.all(transaction);
        Map<Declaration.Id, ObjectNode> all = new LinkedHashMap<>();
        former.stream()
                .filter(stored -> stored.owner() == Owner.API)
                .forEach(stored -> all.put(stored.id(), stored.document()));
        all.putAll(declared);
        List<Declaration> staying =
                all.values().stream().map(DeclarationReading::declaration).toList();
        List<Declaration.Id> going = former.stream()
                .map(StoredDeclaration::id)
                .filter(id -> !all.containsKey(id))
                .toList();
        List<String> faults = Stream.concat(
                        faults(staying, declared.keySet()),
                        going.stream()
                                .flatMap(id ->
                                        Changes.use(transaction, id, staying).map(use -> id + " " + use).stream()))
                .toList();
        if (faults.isEmpty()) {
            Caller caller = new Caller("declared files", firstTeam(declared.keySet()), Role.PLATFORM_ADMIN);
            going.forEach(id -> Changes.remove(transaction, caller, id));
            declared.forEach((id, document) -> Changes.put(transaction, caller, id, document, Owner.DEPLOYMENT));
        }
        return faults;
    }

    /** Of what they declare, and of triggers that fill in their templates. */
    private static Stream<String> faults(List<Declaration> all, Set<Declaration.Id> declared) {
        Deployment deployment = new Deployment(all);
        return all.stream()
                .filter(declaration -> declared.contains(declaration.id())
                        || (declaration instanceof Trigger trigger && declared.contains(trigger.templateId())))
                .flatMap(declaration -> deployment.refusals(declaration).stream()
                        .map(refusal -> declaration.id() + ": " + refusal.sentence()));
    }

    /** In whose audit it stands that a pool has changed. */
    private static String firstTeam(Set<Declaration.Id> declared) {
        return declared.stream()
                .filter(id -> id.kind() == Declaration.Kind.TEAM)
                .map(Declaration.Id::name)
                .findFirst()
                .orElse("");
    }
}
