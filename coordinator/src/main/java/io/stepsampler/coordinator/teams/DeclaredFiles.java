package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.messages.json.YamlText;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the deployment itself declares: its settings, and the files of a folder, which are taken anew whenever they
 * change and are found the same a second time, as they may be written just now. All of them are taken or none: where
 * something is wrong, what was there before stays. What is in none of them any more goes when nothing uses it, which holds
 * up nothing else; a team some time later, as its keys would not come back with it.
 */
@Singleton
public class DeclaredFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredFiles.class);

    /** As the audit has it. */
    private static final String NAME = "declared files";

    private final Jdbi database;
    private final DeclaredSettings settings;
    private final Optional<DeclarationFolder> folder;
    private final Duration grace;
    private DeclarationFolder.@Nullable Content lastFound;
    private DeclarationFolder.Content dealtWith =
            new DeclarationFolder.Content(Map.of(), List.of("nothing was read yet"));
    private Caller caller = new Caller(NAME, "", Role.PLATFORM_ADMIN);
    private volatile Report report = new Report(List.of(), List.of(), List.of());

    DeclaredFiles(
            Jdbi database,
            DeclaredSettings settings,
            @ConfigProperty(name = "stepsampler.declarations") Optional<Path> folder,
            @ConfigProperty(name = "stepsampler.declarations.grace") Duration grace) {
        this.grace = grace;
        this.database = database;
        this.settings = settings;
        this.folder = folder.map(DeclarationFolder::new);
    }

    /**
     * How it went, in sentences.
     *
     * @param faults why the files are not taken as they are now; empty where they are
     * @param pending what is in no file any more, and why it is still there
     * @param adopted what callers had made before a file declared it
     */
    public record Report(List<String> faults, List<String> pending, List<String> adopted) {

        public Report {
            faults = List.copyOf(faults);
            pending = List.copyOf(pending);
            adopted = List.copyOf(adopted);
        }
    }

    public Report report() {
        return report;
    }

    /** Why the files are not taken as they are now, a sentence each; empty where they are. */
    public List<String> faults() {
        return report.faults();
    }

    /**
     * Looks at the files, and takes them if they have changed; those with a fault whenever it looks, as what they need may
     * have come by another way.
     */
    synchronized void take() {
        DeclarationFolder.Content content = folder.map(DeclarationFolder::read).orElse(DeclarationFolder.Content.NONE);
        boolean isSteady = lastFound == null || content.equals(lastFound);
        lastFound = content;
        if (!isSteady || (content.equals(dealtWith) && faults().isEmpty())) {
            removePending();
            return;
        }
        Map<Declaration.Id, ObjectNode> declared = settings.declared();
        List<String> found = content.faults().isEmpty() ? read(content.texts(), declared) : content.faults();
        tell(found.isEmpty() ? database.inTransaction(transaction -> take(transaction, declared)) : refused(found));
        dealtWith = content;
    }

    private Report take(Handle transaction, Map<Declaration.Id, ObjectNode> declared) {
        DeclarationStore.lock(transaction);
        List<String> found = Reconciliation.faults(DeclarationStore.all(transaction), declared);
        if (!found.isEmpty()) {
            return refused(found);
        }
        caller = new Caller(NAME, firstTeam(declared.keySet()), Role.PLATFORM_ADMIN);
        Reconciliation.apply(transaction, caller, declared);
        return new Report(
                List.of(),
                Reconciliation.removeUnused(transaction, caller, grace),
                DeclarationStore.all(transaction).stream()
                        .filter(StoredDeclaration::adopted)
                        .map(stored -> stored.id().toString())
                        .toList());
    }

    private void removePending() {
        if (!report.pending().isEmpty()) {
            tell(new Report(
                    List.of(),
                    database.inTransaction(transaction -> {
                        DeclarationStore.lock(transaction);
                        return Reconciliation.removeUnused(transaction, caller, grace);
                    }),
                    report.adopted()));
        }
    }

    private Report refused(List<String> found) {
        return new Report(found, report.pending(), report.adopted());
    }

    private void tell(Report now) {
        if (!now.faults().equals(faults())) {
            now.faults().forEach(fault -> LOG.error("declarations stay as they were: {}", fault));
        }
        now.pending().stream()
                .filter(sentence -> !report.pending().contains(sentence))
                .forEach(sentence -> LOG.warn("not removed yet, though no file declares it: {}", sentence));
        report = now;
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

    /** In whose audit it stands that a pool has changed. */
    private static String firstTeam(Set<Declaration.Id> declared) {
        return declared.stream()
                .filter(id -> id.kind() == Declaration.Kind.TEAM)
                .map(Declaration.Id::name)
                .findFirst()
                .orElse("");
    }
}
