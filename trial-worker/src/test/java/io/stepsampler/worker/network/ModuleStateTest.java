package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleStateTest {

    private static final String MODULE = """
            class Net(Module):
              __parameters__ = ["weight", ]
              __buffers__ = []
              weight : Tensor
              training : bool
              _is_full_backward_hook : Optional[bool]
              inner : __torch__.Inner
              __annotations__["0"] = __torch__.Inner
              eps : Final[float] = 1.0000000000000001e-05
              def forward(self: __torch__.Net,
                x: Tensor) -> Tensor:
                weight = self.weight
                return torch.linear(x, weight)
            """;

    @ParameterizedTest
    @CsvSource({
        "models/linear, true",
        "models/frozen, true",
        "models/tied_tensor, true",
        "reference/network, true",
        "models/batchnorm_dropout, false",
        "export/search/model, false"
    })
    void anArchivesCodeTellsWhetherItHasMoreStateThanParameters(String name, boolean expected) throws IOException {
        byte[] archive = Files.readAllBytes(Path.of("src/test/resources/" + name + ".pt"));
        assertThat(ModuleState.isParametersOnly(TorchScriptArchive.read(archive).code()))
                .isEqualTo(expected);
    }

    @Test
    void parametersModulesAndPlainNumbersAreNoOtherState() {
        assertThat(ModuleState.isParametersOnly(List.of(MODULE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  __buffers__ = [\"mean\", ]",
                "  table : Tensor",
                "  seen : List[Tensor]",
                "  counts : Dict[str, int]",
                "    self.count = torch.add(count, 1)",
                "    (self.inner).count = 1",
                "    _0 = torch.add_(CONSTANTS.c0, 1)"
            })
    void anythingElseIs(String line) {
        boolean declares = !line.startsWith("    ");
        String changed = declares
                ? MODULE.replace("  training : bool\n", "  training : bool\n" + line + "\n")
                : MODULE.replace("    return ", line + "\n    return ");
        assertThat(changed).isNotEqualTo(MODULE);
        assertThat(ModuleState.isParametersOnly(List.of(changed))).isFalse();
    }

    @Test
    void aClassThatIsNoModuleMayHoldAnything() {
        assertThat(ModuleState.isParametersOnly(List.of(MODULE.replace("(Module)", ""))))
                .isFalse();
    }
}
