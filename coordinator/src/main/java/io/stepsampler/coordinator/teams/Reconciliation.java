package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.Trigger;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is stored what the files declare. What callers had made stays when no file declares it any more, and is theirs
 * again; what the files had made goes, as soon as nothing uses it.
 */
final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private Reconciliation() {}

    /** What is wrong with all that there will be: in the declared, and in triggers that fill in their templates. */
    static List<String> faults(List<StoredDeclaration> former, Map<Declaration.Id, ObjectNode> declared) {
        List<Declaration> all = Stream.concat(
                        former.stream()
                                .filter(stored -> isOfCallers(stored) && !declared.containsKey(stored.id()))
                                .map(StoredDeclaration::declaration),
                        declared.values().stream().map(DeclarationReading::declaration))
                .toList();
        Deployment deployment = new Deployment(all);
        return all.stream()
                .filter(declaration -> declared.containsKey(declaration.id())
                        || (declaration instanceof Trigger trigger && declared.containsKey(trigger.templateId())))
                .flatMap(declaration -> deployment.refusals(declaration).stream()
                        .map(refusal -> declaration.id() + ": " + refusal.sentence()))
                .toList();
    }

    private static boolean isOfCallers(StoredDeclaration stored) {
        return stored.owner() == Owner.API || stored.adopted();
    }

    /** What is in no file any more is marked, and not yet removed. */
    static void apply(Handle transaction, Caller caller, Map<Declaration.Id, ObjectNode> declared) {
        for (StoredDeclaration stored : DeclarationStore.all(transaction)) {
            Declaration.Id id = stored.id();
            boolean isDeclared = declared.containsKey(id);
            if (isDeclared && stored.owner() == Owner.API) {
                LOG.warn("{} was made by callers; from now on it is as the files declare it", id);
            } else if (!isDeclared && stored.adopted()) {
                LOG.warn("{} is in no file any more; made by callers, it stays as it is, and they may change it", id);
                Changes.giveBack(transaction, caller, id);
            } else if (!isDeclared && stored.owner() == Owner.DEPLOYMENT && !stored.leaving()) {
                Changes.leave(transaction, caller, id);
            }
        }
        declared.forEach((id, document) -> Changes.put(transaction, caller, id, document, Owner.DEPLOYMENT));
    }

    /**
     * Of what is marked; why the rest stays, a sentence each.
     *
     * @param grace how long a team stays that nothing uses
     */
    static List<String> removeUnused(Handle transaction, Caller caller, Duration grace) {
        List<StoredDeclaration> leaving = new ArrayList<>();
        List<Declaration> staying = new ArrayList<>();
        for (StoredDeclaration stored : DeclarationStore.all(transaction)) {
            if (stored.leaving()) {
                leaving.add(stored);
            } else {
                staying.add(stored.declaration());
            }
        }
        Map<Declaration.Id, String> used = new LinkedHashMap<>();
        leaving.stream().filter(stored -> stored.id().kind() == Kind.TEAM).forEach(team -> {
            Instant end = team.changedAt().plus(grace);
            if (Instant.now().isBefore(end)) {
                used.put(team.id(), "stays until " + end + ", in case a file declares it again");
                staying.add(team.declaration());
            }
        });
        addUsed(transaction, used, leaving, staying);
        for (StoredDeclaration stored : leaving) {
            Declaration.Id id = stored.id();
            if (!used.containsKey(id)) {
                Changes.remove(transaction, caller, id);
                String besides = id.kind() == Kind.TEAM ? " with its keys and webhooks" : "";
                LOG.warn("{} is in no file any more and was removed{}", id, besides);
            }
        }
        return used.entrySet().stream()
                .map(use -> use.getKey() + " " + use.getValue())
                .toList();
    }

    /** What stays for now may itself use others. */
    private static void addUsed(
            Handle transaction,
            Map<Declaration.Id, String> used,
            List<StoredDeclaration> leaving,
            List<Declaration> staying) {
        int before;
        do {
            before = used.size();
            leaving.stream()
                    .filter(stored -> !used.containsKey(stored.id()))
                    .forEach(stored -> Changes.use(transaction, stored.id(), staying)
                            .ifPresent(use -> {
                                used.put(stored.id(), use);
                                staying.add(stored.declaration());
                            }));
        } while (used.size() > before);
    }
}
