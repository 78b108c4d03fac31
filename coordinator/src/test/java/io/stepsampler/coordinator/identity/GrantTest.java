package io.stepsampler.coordinator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "sub",
            "repo:acme/vision:ref:refs/heads/main",
            "groups",
            List.of("staff", "ml-vision"),
            "email_verified",
            true,
            "kubernetes.io",
            Map.of("namespace", "vision", "serviceaccount", Map.of("name", "trainer")),
            "a/b",
            "slash");

    @ParameterizedTest
    @CsvSource({
        "/groups, ml-vision, true",
        "/groups, ml-*, true",
        "/groups, ml, false",
        "/sub, repo:acme/*:ref:refs/heads/main, true",
        "/sub, repo:acme/*, true",
        "/sub, repo:acm*/heads/dev, false",
        "/sub, ACME, false",
        "/sub, repo.acme/vision.*, false",
        "/kubernetes.io/namespace, vision, true",
        "/kubernetes.io/serviceaccount/name, trainer, true",
        "/kubernetes.io/serviceaccount, *, false",
        "/email_verified, true, true",
        "/a~1b, slash, true",
        "/absent, *, false",
        "/sub/deeper, *, false",
    })
    void aGrantIsForWhoseClaimHasTheValue(String claim, String value, boolean matches) {
        assertThat(new Grant(claim, value, "vision", Role.MEMBER).matches(CLAIMS))
                .isEqualTo(matches);
    }

    @Test
    void aClaimIsNamedByAPointer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant("groups", "*", "vision", Role.MEMBER))
                .withMessage("claim is groups; must be a JSON pointer such as /groups");
    }

    @Test
    void aRoleIncludesThoseBelow() {
        assertThat(Role.MEMBER.included()).containsExactly("viewer", "member");
        assertThat(Role.MEMBER.includes(Role.VIEWER)).isTrue();
        assertThat(Role.MEMBER.includes(Role.TEAM_ADMIN)).isFalse();
        assertThat(Role.of("platform-admin")).contains(Role.PLATFORM_ADMIN);
        assertThat(Role.of("root")).isEmpty();
    }

    @Test
    void aPlatformAdministratorReachesEachTeam() {
        assertThat(new Caller("a", "vision", Role.TEAM_ADMIN).reaches("speech")).isFalse();
        assertThat(new Caller("a", "vision", Role.TEAM_ADMIN).reaches("vision")).isTrue();
        assertThat(new Caller("a", "vision", Role.PLATFORM_ADMIN).reaches("speech"))
                .isTrue();
    }
}
