package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Declaration.Kind;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.Leaving;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.coordinator.storage.DeclarationStore.Owner;
import io.stepsampler.coordinator.storage.StoredDeclaration;
import io.stepsampler.messages.json.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Teams, pools, templates and triggers as callers look at them and change them. */
@Singleton
public class Declarations {

    /** Templates, and as many triggers, of a team: every replica keeps all of them in mind. */
    static final int MOST_OF_A_KIND = 200;

    private final Jdbi database;
    private final KnownDeployment deployment;

    Declarations(Jdbi database, KnownDeployment deployment) {
        this.database = database;
        this.deployment = deployment;
    }

    /** What becomes of a change. */
    public sealed interface Change {}

    /** There was none before. */
    public record Created(StoredDeclaration stored) implements Change {}

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
        return database.withHandle(handle -> DeclarationStore.of(handle, kind, team));
    }

    /** @param document the declaration with every default */
    public Change put(Caller caller, Declaration declaration, ObjectNode document) {
        return changed(transaction -> {
            Declaration.Id id = declaration.id();
            List<StoredDeclaration> all = DeclarationStore.all(transaction);
            Optional<StoredDeclaration> former =
                    all.stream().filter(stored -> stored.id().equals(id)).findFirst();
            if (former.filter(Declarations::isOfDeployment).isPresent()) {
                return notHere(former.get());
            }
            Declaration.Id team = new Declaration.Id(Kind.TEAM, "", id.team());
            Leaving leaving = StoredDeclaration.leaving(all);
            if (leaving.has(team)) {
                return new Conflict(Leaving.sentence(team));
            }
            if (former.isEmpty() && isFull(all, id)) {
                return new Conflict("team " + id.team() + " has " + MOST_OF_A_KIND + " declarations of kind "
                        + id.kind().label() + ", as many as it may; remove one first");
            }
            List<Declaration> declarations = declarations(all);
            declarations.removeIf(other -> other.id().equals(id));
            declarations.add(declaration);
            Deployment changed = new Deployment(declarations, leaving);
            List<Refusal> refusals = Stream.concat(
                            changed.refusals(declaration).stream(), changed.refusalsOfTriggers(id).stream())
                    .toList();
            if (!refusals.isEmpty()) {
                return new Refused(refusals);
            }
            Changes.put(transaction, caller, id, document, Owner.API);
            StoredDeclaration stored = DeclarationStore.find(transaction, id).orElseThrow();
            return former.isPresent() ? new Done(stored) : new Created(stored);
        });
    }

    public Change remove(Caller caller, Declaration.Id id) {
        return changed(transaction -> {
            Optional<StoredDeclaration> stored = DeclarationStore.find(transaction, id);
            if (stored.isEmpty()) {
                return new Missing();
            }
            if (isOfDeployment(stored.get())) {
                return notHere(stored.get());
            }
            Optional<String> use = Changes.use(transaction, id, declarations(DeclarationStore.all(transaction)));
            if (use.isPresent()) {
                return new Conflict(id + " " + use.get());
            }
            Changes.remove(transaction, caller, id);
            return new Done(stored.get());
        });
    }

    private interface Work {
        Change in(Handle transaction);
    }

    private Change changed(Work work) {
        Change change = database.inTransaction(transaction -> {
            DeclarationStore.lock(transaction);
            return work.in(transaction);
        });
        deployment.refresh();
        return change;
    }

    private static List<Declaration> declarations(List<StoredDeclaration> stored) {
        return new ArrayList<>(
                stored.stream().map(StoredDeclaration::declaration).toList());
    }

    private static boolean isFull(List<StoredDeclaration> all, Declaration.Id id) {
        return !id.team().isEmpty()
                && all.stream()
                                .map(StoredDeclaration::id)
                                .filter(other -> other.kind() == id.kind()
                                        && other.team().equals(id.team()))
                                .count()
                        >= MOST_OF_A_KIND;
    }

    private static boolean isOfDeployment(StoredDeclaration stored) {
        return stored.owner() == Owner.DEPLOYMENT;
    }

    private static Conflict notHere(StoredDeclaration stored) {
        return new Conflict(
                stored.leaving()
                        ? Leaving.sentence(stored.id())
                        : stored.id() + " is declared by the deployment's own files or settings; change it there");
    }
}
