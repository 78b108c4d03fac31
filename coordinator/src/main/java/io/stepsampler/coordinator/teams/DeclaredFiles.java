package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.YamlText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private final Optional<Path> folder;
    private Map<String, String> seen = Map.of("", "nothing yet");
    private volatile List<String> faults = List.of();

    DeclaredFiles(
            Jdbi database,
            DeclaredSettings settings,
            @ConfigProperty(name = "stepsampler.declarations") Optional<Path> folder) {
        this.database = database;
        this.settings = settings;
        this.folder = folder;
    }

    /** Why the files are not taken as they are now, a sentence each; empty where they are. */
    public List<String> faults() {
        return faults;
    }

    /** Looks at the files, and takes them if they have changed. */
    synchronized void take() {
        Map<String, String> texts;
        try {
            texts = texts();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("declarations cannot be read: {}", e.toString());
            return;
        }
        if (texts.equals(seen)) {
            return;
        }
        Map<Declaration.Id, ObjectNode> declared = settings.declared();
        List<String> found = read(texts, declared);
        if (found.isEmpty()) {
            found = database.inTransaction(transaction -> take(transaction, declared));
        }
        found.forEach(fault -> LOG.error("declarations stay as they were: {}", fault));
        faults = List.copyOf(found);
        seen = texts;
    }

    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (folder.isPresent()) {
            try (Stream<Path> files = Files.list(folder.get())) {
                for (Path file : files.filter(DeclaredFiles::isDeclaration).toList()) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static boolean isDeclaration(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)");
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
        DeclarationStore.change(transaction);
        Map<Declaration.Id, ObjectNode> all = new LinkedHashMap<>();
        List<StoredDeclaration> former = DeclarationStore.all(transaction);
        former.stream()
                .filter(stored -> stored.owner() == Owner.API)
                .forEach(stored -> all.put(stored.id(), stored.document()));
        all.putAll(declared);
        List<Declaration> declarations =
                all.values().stream().map(DeclarationReading::declaration).toList();
        Deployment deployment = new Deployment(declarations);
        List<String> faults = declarations.stream()
                .filter(declaration -> declared.containsKey(declaration.id()))
                .flatMap(declaration -> deployment.refusals(declaration).stream()
                        .map(Refusal::sentence)
                        .map(sentence -> declaration.id() + ": " + sentence))
                .toList();
        if (faults.isEmpty()) {
            former.stream()
                    .filter(stored -> stored.owner() == Owner.DEPLOYMENT && !declared.containsKey(stored.id()))
                    .forEach(stored -> DeclarationStore.remove(transaction, stored.id()));
            declared.forEach((id, document) -> DeclarationStore.put(transaction, id, document, Owner.DEPLOYMENT));
        }
        return faults;
    }
}
