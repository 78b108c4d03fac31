package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.Pool;
import io.stepsampler.coordinator.deployment.Team;
import io.stepsampler.coordinator.deployment.Trigger;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.storage.WebhookStore;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Changes of what is declared, each with its entry in the audit: the same for those who call and for declared files. */
final class Changes {

    private Changes() {}

    /** The same again changes nothing. */
    static void put(Handle transaction, Caller caller, Declaration.Id id, ObjectNode document, Owner owner) {
        boolean isThere = DeclarationStore.find(transaction, id).isPresent();
        if (DeclarationStore.put(transaction, id, document, owner)) {
            audit(transaction, caller, isThere ? "change" : "create", id, document);
        }
    }

    /** It stays as it is declared, and callers may change it. */
    static void giveBack(Handle transaction, Caller caller, Declaration.Id id) {
        DeclarationStore.giveBack(transaction, id);
        audit(transaction, caller, "change", id);
    }

    /** From now on nothing new may use it. */
    static void leave(Handle transaction, Caller caller, Declaration.Id id) {
        DeclarationStore.leave(transaction, id);
        audit(transaction, caller, "retire", id);
    }

    /** A team's keys and webhooks go with it: they must not work again when its name returns. */
    static void remove(Handle transaction, Caller caller, Declaration.Id id) {
        audit(transaction, caller, "remove", id);
        DeclarationStore.remove(transaction, id);
        if (id.kind() == Kind.TEAM) {
            ApiKeyStore.revokeAllOf(transaction, id.name());
            WebhookStore.deleteAllOf(transaction, id.name());
        }
    }

    /**
     * Why it cannot be removed, as a clause: the same as long as the reason is, so that it need not be told again.
     *
     * @param staying what is declared afterwards
     */
    static Optional<String> use(Handle transaction, Declaration.Id id, Collection<? extends Declaration> staying) {
        int searches = switch (id.kind()) {
            case TEAM -> LoadStore.ofTeam(transaction, id.name()).searchesOpen();
            case POOL -> LoadStore.openInPool(transaction, id.name());
            case TEMPLATE, TRIGGER -> 0;
        };
        if (searches > 0) {
            return Optional.of("has searches that wait or run");
        }
        return staying.stream()
                .filter(declaration -> needs(declaration, id))
                .findFirst()
                .map(declaration -> "is used by " + declaration.id());
    }

    private static boolean needs(Declaration declaration, Declaration.Id id) {
        return switch (id.kind()) {
            case TEAM ->
                declaration.id().team().equals(id.name())
                        || (declaration instanceof Pool pool && id.name().equals(pool.team()));
            case POOL ->
                declaration instanceof Team team
                        && team.pools() != null
                        && team.pools().contains(id.name());
            case TEMPLATE ->
                declaration instanceof Trigger trigger && trigger.templateId().equals(id);
            case TRIGGER -> false;
        };
    }

    private static void audit(Handle transaction, Caller caller, String action, Declaration.Id id) {
        DeclarationStore.find(transaction, id)
                .ifPresent(stored -> audit(transaction, caller, action, id, stored.document()));
    }

    /** A team's own pool is its matter, whoever changes it. */
    private static void audit(
            Handle transaction, Caller caller, String action, Declaration.Id id, ObjectNode document) {
        String team = switch (id.kind()) {
            case TEAM -> id.name();
            case POOL -> document.path("team").asText();
            case TEMPLATE, TRIGGER -> id.team();
        };
        AuditStore.add(
                transaction,
                caller,
                team.isEmpty() ? caller.team() : team,
                action + " " + id.kind().label(),
                id.name());
    }
}
