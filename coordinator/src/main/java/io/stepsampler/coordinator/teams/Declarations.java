package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.Pool;
import io.stepsampler.coordinator.deployment.Team;
import io.stepsampler.coordinator.deployment.Trigger;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.coordinator.storage.WebhookStore;
import io.stepsampler.messages.json.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Teams, pools, templates and triggers as callers look at them and change them. */
@Singleton
public class Declarations {

    private final Jdbi database;
    private final KnownDeployment deployment;

    Declarations(Jdbi database, KnownDeployment deployment) {
        this.database = database;
        this.deployment = deployment;
    }

    /** What becomes of a change. */
    public sealed interface Change {}

    /** {@code stored}: as it is now, or was until it was removed. */
    public record Done(StoredDeclaration stored) implements Change {}

    /** It names what is not there. */
    public record Refused(List<Refusal> refusals) implements Change {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** Not now: {@code reason} is a sentence. */
    public record Conflict(String reason) implements Change {}

    /** There is no such declaration. */
    public record Missing() implements Change {}

    public Optional<StoredDeclaration> find(Declaration.Id id) {
        return database.withHandle(handle -> DeclarationStore.find(handle, id));
    }

    /** In the order of their names. */
    public List<StoredDeclaration> list(Kind kind, String team) {
        return database.withHandle(DeclarationStore::all).stream()
                .filter(stored ->
                        stored.id().kind() == kind && stored.id().team().equals(team))
                .toList();
    }

    /** @param document the declaration with every default */
    public Change put(Caller caller, Declaration declaration, ObjectNode document) {
        return changed(transaction -> {
            Declaration.Id id = declaration.id();
            List<StoredDeclaration> all = DeclarationStore.all(transaction);
            Optional<StoredDeclaration> former =
                    all.stream().filter(stored -> stored.id().equals(id)).findFirst();
            if (former.filter(Declarations::isOfDeployment).isPresent()) {
                return notHere(id);
            }
            List<Declaration> declarations = new ArrayList<>(
                    all.stream().map(StoredDeclaration::declaration).toList());
            declarations.removeIf(other -> other.id().equals(id));
            declarations.add(declaration);
            List<Refusal> refusals = new Deployment(declarations).refusals(declaration);
            if (!refusals.isEmpty()) {
                return new Refused(refusals);
            }
            DeclarationStore.put(transaction, id, document, Owner.API);
            audit(transaction, caller, former.isPresent() ? "change" : "create", id);
            return new Done(DeclarationStore.find(transaction, id).orElseThrow());
        });
    }

    public Change remove(Caller caller, Declaration.Id id) {
        return changed(transaction -> {
            Optional<StoredDeclaration> stored = DeclarationStore.find(transaction, id);
            if (stored.isEmpty()) {
                return new Missing();
            }
            if (isOfDeployment(stored.get())) {
                return notHere(id);
            }
            Optional<String> use = use(transaction, id);
            if (use.isPresent()) {
                return new Conflict(id + " " + use.get());
            }
            DeclarationStore.remove(transaction, id);
            if (id.kind() == Kind.TEAM) {
                ApiKeyStore.revokeAllOf(transaction, id.name());
                WebhookStore.deleteAllOf(transaction, id.name());
            }
            audit(transaction, caller, "remove", id);
            return new Done(stored.get());
        });
    }

    private interface Work {
        Change in(Handle transaction);
    }

    private Change changed(Work work) {
        Change change = database.inTransaction(transaction -> {
            DeclarationStore.change(transaction);
            return work.in(transaction);
        });
        deployment.refresh();
        return change;
    }

    /** Why it cannot be removed, as a clause. */
    private static Optional<String> use(Handle transaction, Declaration.Id id) {
        if (id.kind() == Kind.TEAM || id.kind() == Kind.POOL) {
            int searches = id.kind() == Kind.TEAM
                    ? LoadStore.ofTeam(transaction, id.name()).searchesOpen()
                    : LoadStore.openInPool(transaction, id.name());
            if (searches > 0) {
                return Optional.of("has " + searches + " searches that wait or run");
            }
        }
        return DeclarationStore.all(transaction).stream()
                .filter(stored -> needs(stored.declaration(), id))
                .findFirst()
                .map(stored -> "is used by " + stored.id());
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

    private static boolean isOfDeployment(StoredDeclaration stored) {
        return stored.owner() == Owner.DEPLOYMENT;
    }

    private static Conflict notHere(Declaration.Id id) {
        return new Conflict(id + " is declared by the deployment's own files or settings; change it there");
    }

    private static void audit(Handle transaction, Caller caller, String action, Declaration.Id id) {
        String team = id.kind() == Kind.TEAM ? id.name() : id.team();
        AuditStore.add(
                transaction,
                caller,
                team.isEmpty() ? caller.team() : team,
                action + " " + id.kind().label(),
                id.name());
    }
}
