package io.stepsampler.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void whoComesBackStartsWhereTheOthersAre() {
        Map<String, Share> known =
                Map.of("back", new Share(5, 1, false), "slow", new Share(80, 1, true), "fast", new Share(100, 1, true));

        Map<String, Share> shares = Share.awake(known, Map.of("back", 1.0, "slow", 1.0, "fast", 1.0), 0);

        assertThat(shares.get("back")).isEqualTo(new Share(80, 1, true));
        assertThat(shares.get("slow")).isEqualTo(new Share(80, 1, true));
    }

    @Test
    void whoComesBackStartsWhereThePoolIsThoughOneHasUsedLittle() {
        Map<String, Share> known = Map.of(
                "back", new Share(5, 1, false), "modest", new Share(7, 1, true), "steady", new Share(100, 1, true));

        Map<String, Share> shares = Share.awake(known, Map.of("back", 1.0, "modest", 1.0, "steady", 1.0), 90);

        assertThat(shares.get("back")).isEqualTo(new Share(90, 1, true));
        assertThat(shares.get("modest")).isEqualTo(new Share(7, 1, true));
    }

    @Test
    void whoComesToAnEmptyPoolStartsWhereItIs() {
        assertThat(Share.awake(Map.of(), Map.of("new", 2.0), 90).get("new")).isEqualTo(new Share(90, 2, true));
    }

    @Test
    void theVirtualTimeNeverFalls() {
        assertThat(new Share(7, 1, true).virtualTimeAfter(90)).isEqualTo(90);
        assertThat(new Share(100, 1, true).virtualTimeAfter(90)).isEqualTo(100);
    }

    @Test
    void whoUsedMoreThanTheOthersKeepsThat() {
        Map<String, Share> known = Map.of("back", new Share(500, 2, false), "other", new Share(80, 1, true));

        assertThat(Share.awake(known, Map.of("back", 2.0, "other", 1.0), 90).get("back"))
                .isEqualTo(new Share(500, 2, true));
    }

    @Test
    void whoHasNoSearchesRests() {
        Map<String, Share> known = Map.of("done", new Share(5, 1, true), "other", new Share(80, 1, true));

        assertThat(Share.awake(known, Map.of("other", 1.0), 90).get("done")).isEqualTo(new Share(5, 1, false));
    }

    @Test
    void aNewcomerStartsWhereTheOthersAre() {
        Map<String, Share> known = Map.of("old", new Share(80, 1, true));

        assertThat(Share.awake(known, Map.of("old", 1.0, "new", 3.0), 0).get("new"))
                .isEqualTo(new Share(80, 3, true));
    }

    @Test
    void aWeightIsAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Share(0, 0, false))
                .withMessage("used 0.0 with weight 0.0; must not be negative, and the weight above 0");
    }
}
