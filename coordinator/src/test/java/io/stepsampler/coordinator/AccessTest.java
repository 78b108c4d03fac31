package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint, for every role, of the own team and of another. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class AccessTest {

    private static final List<String> PUBLIC = List.of(
            "GET /api/v1/openapi.yaml", "GET /api/v1/search-file.schema.json", "GET /api/v1/declaration.schema.json");

    private static @Nullable OpenApiDocument document;

    static List<Endpoint> endpoints() {
        return Endpoint.ALL;
    }

    static Stream<Arguments> endpointsAndRoles() {
        return inEveryRole(Endpoint.ALL.stream());
    }

    /** With a team in their path, or one thing of a team that is there already. */
    static Stream<Arguments> endpointsOfOneTeamAndRoles() {
        return inEveryRole(Endpoint.ALL.stream()
                .filter(endpoint -> endpoint.isOfTeam()
                        || (endpoint.isOfOneThing() && !endpoint.method().equals("PUT"))));
    }

    private static Stream<Arguments> inEveryRole(Stream<Endpoint> endpoints) {
        return endpoints.flatMap(endpoint -> Arrays.stream(Role.values()).map(role -> Arguments.of(endpoint, role)));
    }

    @ParameterizedTest
    @MethodSource("endpointsAndRoles")
    void theOwnTeamIsServedAsTheRoleAllows(Endpoint endpoint, Role role) {
        Response response = ask(endpoint, "vision", role, "vision");

        if (role.includes(endpoint.least())) {
            assertThat(response.statusCode()).isEqualTo(endpoint.answer());
            return;
        }
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.jsonPath().getString("detail"))
                .startsWith("the role " + role.label() + " may not do this; allowed: "
                        + endpoint.least().label())
                .endsWith("platform-admin");
    }

    @Test
    void whatDescribesTheApiIsForEverybody() {
        for (String call : PUBLIC) {
            assertThat(given().get(call.substring("GET ".length())).statusCode())
                    .as(call)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("endpointsOfOneTeamAndRoles")
    void whatBelongsToAnotherTeamIsNotThere(Endpoint endpoint, Role role) {
        int status = ask(endpoint, "local", role, "vision").statusCode();

        int allowed = endpoint.isOfTeam() && role == Role.PLATFORM_ADMIN ? endpoint.answer() : 404;
        assertThat(status).isEqualTo(role.includes(endpoint.least()) ? allowed : 403);
    }

    /** Of whatever role: what a platform administrator lists is the own team's too. */
    @ParameterizedTest
    @ValueSource(strings = {"searches", "series", "templates", "triggers"})
    void aListHidesWhatBelongsToAnotherTeam(String list) {
        String name = switch (list) {
            case "searches" -> EndpointPaths.cancelledSearch("vision");
            case "series" -> EndpointPaths.newSeries("vision");
            case "templates" -> EndpointPaths.template("vision");
            default -> EndpointPaths.trigger("vision");
        };

        assertThat(callWith(EndpointPaths.key("vision", Role.VIEWER))
                        .get("/api/v1/" + list)
                        .asString())
                .contains(name);
        for (Role role : Role.values()) {
            Response others = callWith(EndpointPaths.key("local", role)).get("/api/v1/" + list);
            assertThat(others.statusCode()).isEqualTo(200);
            assertThat(others.asString()).as(role.label()).doesNotContain(name);
        }
    }

    @Test
    void aPathThatNothingCanHaveLeadsNowhere() {
        Response response = given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + EndpointPaths.key("vision", Role.VIEWER))
                .get("/api/v1/templates/a%00b");

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void nobodyIsServedWithoutAToken(Endpoint endpoint) {
        Response response =
                given().body(endpoint.body()).request(endpoint.method(), EndpointPaths.filled(endpoint, "local"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void noEndpointIsMissingHere() {
        Set<String> declared = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter().importPackages("io.stepsampler.coordinator.http")) {
            for (JavaMethod method : resource.getMethods()) {
                String root = resource.isAnnotatedWith(Path.class)
                        ? resource.getAnnotationOfType(Path.class).value()
                        : "";
                String rest = method.isAnnotatedWith(Path.class)
                        ? "/" + method.getAnnotationOfType(Path.class).value()
                        : "";
                method.getAnnotations().stream()
                        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                        .forEach(annotation ->
                                declared.add(annotation.getRawType().getSimpleName() + " " + root + rest));
            }
        }

        Set<String> known = new TreeSet<>(PUBLIC);
        Endpoint.ALL.forEach(endpoint -> known.add(endpoint.call()));
        assertThat(known).isEqualTo(declared);
        assertThat(OpenApiTest.document().operations().keySet()).isEqualTo(declared);
    }

    private static Response ask(Endpoint endpoint, String callersTeam, Role role, String team) {
        Response response = callWith(EndpointPaths.key(callersTeam, role))
                .body(endpoint.body())
                .request(endpoint.method(), EndpointPaths.filled(endpoint, team));
        String contentType = response.contentType().replaceAll(";.*", "");
        assertThat(document().faults(endpoint.call(), response.statusCode(), contentType, response.asString()))
                .isEmpty();
        return response;
    }

    private static OpenApiDocument document() {
        OpenApiDocument known = document;
        if (known == null) {
            known = OpenApiTest.document();
            document = known;
        }
        return known;
    }
}
